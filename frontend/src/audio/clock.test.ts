import { describe, expect, it } from "vitest";
import { hardwareSeconds, loopTarget, movedLoop, songSeconds, startClock } from "@/audio/clock";

describe("clock", () => {
  const clock = startClock(100, 12);

  it("moves with the hardware from where it was started", () => {
    expect(songSeconds(clock, 100)).toBe(12);
    expect(songSeconds(clock, 103.5)).toBe(15.5);
  });

  it("stands still until the moment it was scheduled for", () => {
    expect(songSeconds(clock, 99.9)).toBe(12);
  });

  it("knows when a moment of the song will sound", () => {
    expect(hardwareSeconds(clock, 14)).toBe(102);
    expect(songSeconds(clock, hardwareSeconds(clock, 20))).toBe(20);
  });
});

describe("loopTarget", () => {
  const loop = { startSeconds: 10, endSeconds: 20 };

  it("leads back only at the end", () => {
    expect(loopTarget(loop, 19.99)).toBeNull();
    expect(loopTarget(loop, 20)).toBe(10);
    expect(loopTarget(null, 99)).toBeNull();
  });
});

it("moves a loop with both its ends", () => {
  const twice = (seconds: number) => seconds * 2;
  expect(movedLoop({ startSeconds: 2, endSeconds: 4 }, twice)).toEqual({
    startSeconds: 4,
    endSeconds: 8,
  });
});
