import { describe, expect, it } from "vitest";
import { type MakingEvent, makingReducer, NOTHING_HEARD, withHeard } from "./makingReducer";

const event = (id: string, over: Partial<MakingEvent> = {}): MakingEvent => ({
  id,
  type: "STAGE_PROGRESS",
  message: `step ${id}`,
  at: "2026-01-01T00:00:10Z",
  project: {
    id: "p",
    status: "RUNNING",
    progress: Number(id) / 10,
    currentStage: "RENDERING",
    queuePosition: null,
    etaSeconds: 7,
    error: null,
    stages: [],
  },
  ...over,
});

describe("makingReducer", () => {
  it("believes an answer that says it is over, though the event is still on its way", () => {
    const heard = makingReducer(NOTHING_HEARD, { type: "event", event: event("1") });
    const read = { ...event("0").project, progress: 0 };
    expect(withHeard(read, heard).progress).toBe(0.1);
    const over = { ...read, status: "CANCELLED" as const };
    expect(withHeard(over, heard)).toBe(over);
  });

  it("keeps the last event as the cursor", () => {
    const heard = ["1", "2"].reduce(
      (state, id) => makingReducer(state, { type: "event", event: event(id) }),
      NOTHING_HEARD,
    );
    expect(heard.cursor).toBe("2");
    expect(heard.project?.progress).toBe(0.2);
    expect(heard.message).toBe("step 2");
  });

  it("hears an event once, even when a new connection repeats it", () => {
    const once = makingReducer(NOTHING_HEARD, {
      type: "event",
      event: event("1", { type: "STAGE_COMPLETED" }),
    });
    const twice = makingReducer(once, {
      type: "event",
      event: event("1", { type: "STAGE_COMPLETED" }),
    });
    expect(twice).toBe(once);
    expect(twice.growth).toBe(1);
  });

  it("asks for the song only when it has grown", () => {
    const types = ["STAGE_STARTED", "STAGE_PROGRESS", "STAGE_COMPLETED"] as const;
    const growth = types.map(
      (type, index) =>
        makingReducer(NOTHING_HEARD, { type: "event", event: event(String(index), { type }) })
          .growth,
    );
    expect(growth).toEqual([0, 0, 1]);
  });

  it("goes on after the same cursor when a song is tried again", () => {
    const heard = makingReducer(NOTHING_HEARD, { type: "event", event: event("7") });
    const again = makingReducer(heard, { type: "restart" });
    expect(again.cursor).toBe("7");
    expect(again.project).toBeNull();
  });
});
