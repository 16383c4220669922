import { describe, expect, it } from "vitest";
import { barAt, sameBar, secondsOfBar } from "./bars";

/** Two parts of four bars in 4/4. */
const at = (bpm: number) => {
  const part = (4 * 4 * 60) / bpm;
  return [0, 4].map((startBar, index) => ({
    startBar,
    bars: 4,
    startSeconds: index * part,
    durationSeconds: part,
  }));
};

describe("bars", () => {
  it("are counted through the whole form, with their fractions", () => {
    expect(barAt(at(120), 0)).toBe(0);
    expect(barAt(at(120), 3)).toBeCloseTo(1.5);
    expect(barAt(at(120), 9)).toBeCloseTo(4.5);
    expect(barAt([], 9)).toBeNull();
  });

  it("begin where they were counted", () => {
    for (const seconds of [0, 0.7, 7.99, 8, 15.9]) {
      expect(secondsOfBar(at(120), barAt(at(120), seconds) ?? -1)).toBeCloseTo(seconds);
    }
  });
});

describe("another take", () => {
  it("stands at the same place of the same bar, whatever its tempo", () => {
    expect(sameBar(at(120), at(60), 5)).toBeCloseTo(10);
    expect(sameBar(at(60), at(120), 10)).toBeCloseTo(5);
    expect(sameBar(at(120), at(120), 5)).toBeCloseTo(5);
  });

  it("that is shorter stands at its last part, not beyond its end", () => {
    expect(sameBar(at(120), at(120).slice(0, 1), 9)).toBe(0);
  });

  it("of unknown form stands at the same second", () => {
    expect(sameBar([], at(60), 5)).toBe(5);
    expect(sameBar(at(60), [], 5)).toBe(5);
  });
});
