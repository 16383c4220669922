import { expect, it } from "vitest";
import { bySection, loudestOf, secondsAt } from "./loudness";

const CURVE = [-30, -20, -12, -11.5, -14, -13];
const section = (name: string, startSeconds: number, durationSeconds: number) => ({
  name,
  startSeconds,
  durationSeconds,
});

it("stands in the middle of the three seconds that were measured", () => {
  expect(secondsAt(0)).toBe(1.5);
  expect(loudestOf(CURVE)).toEqual({ seconds: 4.5, lufs: -11.5 });
});

it("tells how soft and how loud each section gets", () => {
  const sections = [section("Intro", 0, 3), section("Verse", 3, 5)];
  expect(bySection(CURVE, sections)).toEqual([
    { name: "Intro", startSeconds: 0, softest: -30, loudest: -20 },
    { name: "Verse", startSeconds: 3, softest: -14, loudest: -11.5 },
  ]);
});

it("says nothing of a section in which nothing was measured", () => {
  expect(bySection(CURVE, [section("Sting", 4.6, 0.4)])).toEqual([]);
});
