import { expect, it } from "vitest";
import { skyline } from "@/lib/skyline";

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
