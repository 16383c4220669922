import { describe, expect, it } from "vitest";
import { inTheLastHour, median, stageMedians, timesFasterThanPlaying } from "./timings";
import type { Finished } from "./useLately";

const song = (planning: number, mixing: number, over: Partial<Finished> = {}): Finished => ({
  id: "1",
  title: "One",
  createdAt: "2026-01-01T10:00:00Z",
  completedAt: "2026-01-01T10:00:09Z",
  stages: [
    { name: "PLANNING", status: "COMPLETED", durationSeconds: planning },
    { name: "MIXING", status: "COMPLETED", durationSeconds: mixing },
  ],
  song: { durationSeconds: 60 },
  ...over,
});

it("finds the middle of any number of values", () => {
  expect([[], [3], [1, 9], [5, 1, 9]].map(median)).toEqual([null, 3, 5, 5]);
});

describe("of the latest songs", () => {
  it("tells what each stage takes", () => {
    const medians = stageMedians([song(1, 4), song(3, 6), song(2, 5)]);
    expect(medians.map(({ label, seconds }) => [label, seconds])).toEqual([
      ["Plan", 2],
      ["Compose", 0],
      ["Arrange", 0],
      ["Play", 0],
      ["Mix", 5],
    ]);
  });

  it("leaves out stages that were taken over from before", () => {
    const stages: Finished["stages"] = [
      { name: "PLANNING", status: "REUSED", durationSeconds: 99 },
    ];
    expect(stageMedians([song(1, 1), song(0, 0, { stages })])[0]?.seconds).toBe(1);
  });

  it("tells how much faster than playing they were made", () => {
    expect(timesFasterThanPlaying([song(1, 5)])).toBe(10);
    expect(timesFasterThanPlaying([])).toBeNull();
  });

  it("counts the last hour", () => {
    const now = Date.parse("2026-01-01T11:00:00Z");
    const early = song(1, 1, { completedAt: "2026-01-01T09:59:00Z" });
    expect(inTheLastHour([song(1, 1), early], now)).toBe(1);
  });
});
