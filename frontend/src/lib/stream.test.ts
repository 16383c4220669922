import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openStream, pauseBefore, type Sink, type StreamStatus } from "@/lib/stream";

describe("openStream", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const watched = () => {
    const sinks: Sink<number>[] = [];
    const values: number[] = [];
    const statuses: StreamStatus[] = [];
    const close = openStream<number>({
      open: (sink) => {
        sinks.push(sink);
        return () => {};
      },
      onValue: (value) => values.push(value),
      onStatus: (status) => statuses.push(status),
    });
    return { sinks, values, statuses, close };
  };

  it("opens again after a loss and says so", () => {
    const { sinks, values, statuses } = watched();
    sinks[0]?.next(1);
    sinks[0]?.lost();
    expect(statuses.at(-1)).toBe("reconnecting");
    vi.advanceTimersByTime(pauseBefore(0));
    sinks[1]?.next(2);
    expect(values).toEqual([1, 2]);
    expect(statuses.at(-1)).toBe("live");
  });

  it("counts one loss per connection", () => {
    const { sinks } = watched();
    sinks[0]?.lost();
    sinks[0]?.lost();
    vi.advanceTimersByTime(60_000);
    expect(sinks).toHaveLength(2);
  });

  it("comes back at once when the network does", () => {
    const { sinks } = watched();
    sinks[0]?.lost();
    dispatchEvent(new Event("online"));
    expect(sinks).toHaveLength(2);
  });

  it("stays closed once it is closed or ended", () => {
    const first = watched();
    first.sinks[0]?.lost();
    first.close();
    const second = watched();
    second.sinks[0]?.ended();
    second.sinks[0]?.lost();
    vi.advanceTimersByTime(60_000);
    expect(first.sinks).toHaveLength(1);
    expect(second.sinks).toHaveLength(1);
    expect(second.statuses.at(-1)).toBe("ended");
  });
});

it("waits longer each time, and never very long", () => {
  expect([0, 1, 2, 9].map(pauseBefore)).toEqual([400, 800, 1600, 8000]);
});
