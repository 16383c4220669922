import { describe, expect, it } from "vitest";
import { masterChange, masterWords, purposeOf, USUAL_LOUDNESSES } from "./master";

const own = { targetLufs: -14, dynamic: false, preset: null };

describe("masterChange", () => {
  it("sends only what is wished otherwise", () => {
    expect(masterChange(own, own)).toEqual({});
    expect(masterChange({ ...own, targetLufs: -9 }, own)).toEqual({ targetLufs: -9 });
    expect(masterChange({ ...own, dynamic: true }, own)).toEqual({ dynamic: true });
  });

  it("goes back to the song's own manner by null, which is something to send", () => {
    expect(masterChange(own, { ...own, preset: "jazz" })).toEqual({ preset: null });
  });
});

it("says what is not saved", () => {
  expect(masterWords({})).toEqual([]);
  expect(masterWords({ targetLufs: -9.5, dynamic: true, preset: "deep_house" })).toEqual([
    "loudness −9.5 LUFS",
    "dynamics kept",
    "in the manner of Deep house",
  ]);
  expect(masterWords({ dynamic: false, preset: null })).toEqual([
    "as loud as asked",
    "in its own manner",
  ]);
});

it("has a word of its own for every usual loudness", () => {
  const purposes = USUAL_LOUDNESSES.map(({ targetLufs }) => purposeOf(targetLufs));
  expect(purposes).toEqual(["quiet, for broadcast", "for streaming", "loud, for the club"]);
});
