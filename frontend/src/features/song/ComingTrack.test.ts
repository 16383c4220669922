import { expect, it } from "vitest";
import { notesShape } from "./ComingTrack";

const note = (pitch: number, startSeconds: number, endSeconds: number) => ({
  pitch,
  velocity: 90,
  startSeconds,
  endSeconds,
});

it("draws every note where it sounds, the highest at the top", () => {
  const shape = notesShape([note(60, 0, 5), note(72, 5, 10)], 10);
  expect(shape).toBe("M0.0 91.0h500.0v9h-500.0zM500.0 0.0h500.0v9h-500.0z");
});

it("keeps the shortest note visible, and a track of one pitch inside its row", () => {
  expect(notesShape([note(36, 1, 1.001)], 100)).toBe("M10.0 0.0h2.0v9h-2.0z");
});
