import { describe, expect, it } from "vitest";
import {
  accidentals,
  ago,
  clockTime,
  decibels,
  fileSize,
  panning,
  spokenTime,
  timeOfDay,
  titleCase,
} from "@/lib/format";

it("writes times for eyes and for ears", () => {
  expect(clockTime(64.9)).toBe("1:04");
  expect(clockTime(-1)).toBe("0:00");
  expect(spokenTime(61)).toBe("1 minute 1 second");
  expect(timeOfDay(new Date(2026, 5, 15, 0, 5).toISOString())).toBe("00:05");
});

it("writes sizes with as many digits as matter", () => {
  expect([999, 1_500, 3_240_000, 39_000_000].map(fileSize)).toEqual([
    "999 B",
    "2 kB",
    "3.2 MB",
    "39 MB",
  ]);
});

it("writes levels with their sign", () => {
  expect([0, -3, 2.5].map(decibels)).toEqual(["0 dB", "−3.0 dB", "+2.5 dB"]);
});

describe("accidentals", () => {
  it("turns letters into signs, and leaves words alone", () => {
    expect(["Bbmaj7", "F#m7b5/C#", "Eb major", "Absus4"].map(accidentals)).toEqual([
      "B♭maj7",
      "F♯m7♭5/C♯",
      "E♭ major",
      "A♭sus4",
    ]);
  });
});

it("says how long ago something was", () => {
  const now = Date.parse("2026-06-15T12:00:00Z");
  expect(ago("2026-06-15T11:59:40Z", now)).toBe("just now");
  expect(ago("2026-06-15T09:00:00Z", now)).toBe("3 hours ago");
  expect(ago("2026-06-14T12:00:00Z", now)).toBe("yesterday");
  expect(ago("2026-01-02T12:00:00Z", now)).toBe("Jan 2, 2026");
});

it("makes a title of an identifier", () => {
  expect(titleCase("true_peak")).toBe("True peak");
});

it("says where in the stereo image", () => {
  expect([0, -0.3, 1].map(panning)).toEqual(["centre", "30 % left", "100 % right"]);
});
