import { expect, it } from "vitest";
import { hillsOf, skyline } from "@/lib/skyline";

it("draws higher where a song is more intense", () => {
  const heights = [
    ...skyline([0, 1], [1, 1], 100, 100).matchAll(/C\S+ \S+ \S+ \S+ (\S+) (\d+\.\d)/g),
  ];
  expect(heights.map((match) => Number(match[2]))).toEqual([88, 10, 10]);
});

it("gives a longer section more room", () => {
  expect(skyline([0.5, 0.5], [3, 1], 100, 100)).toContain("37.5");
});

it("still draws a horizon before there is a plan", () => {
  expect(skyline([], [], 100, 100)).toMatch(/^M0 70\.0.*Z$/);
});

it("has a hill for every four bars, near the energy of its section", () => {
  const hills = hillsOf(
    [
      { energy: 0.5, bars: 16 },
      { energy: 0.5, bars: 2 },
    ],
    7,
  );
  expect(hills.map(({ width }) => width)).toEqual([4, 4, 4, 4, 2]);
  for (const { energy } of hills) {
    expect(energy).toBeLessThanOrEqual(0.5);
    expect(energy).toBeGreaterThan(0.28);
  }
  expect(new Set(hills.map(({ energy }) => energy)).size).toBe(5);
});

it("draws the same song alike, and another one otherwise", () => {
  const sections = [{ energy: 0.5, bars: 32 }];
  expect(hillsOf(sections, 1)).toEqual(hillsOf(sections, 1));
  expect(hillsOf(sections, 1)).not.toEqual(hillsOf(sections, 2));
});
