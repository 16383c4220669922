import { describe, expect, it } from "vitest";
import { isEmpty, NO_REVISION, revisionInput, secondsIn, unreadable } from "./revision";

describe("a revision", () => {
  it("asks for nothing that was left empty", () => {
    expect(revisionInput("t", { ...NO_REVISION, tempo: " 96 " })).toEqual({
      takeId: "t",
      style: { tempoBpm: 96 },
    });
    expect(isEmpty({ ...NO_REVISION, mood: "  " })).toBe(true);
  });

  it("carries everything that was filled in", () => {
    const all = {
      prompt: "a waltz",
      genre: "jazz",
      mood: "dark",
      tempo: "120",
      key: "A minor",
      metre: "3/4",
      length: "2:30",
      instruments: "piano, strings,",
      without: "drums",
      seed: "7",
    };
    expect(revisionInput("t", all)).toEqual({
      takeId: "t",
      prompt: "a waltz",
      style: {
        genre: "jazz",
        mood: "dark",
        tempoBpm: 120,
        key: "A minor",
        timeSignature: "3/4",
        instruments: ["piano", "strings"],
        withoutInstruments: ["drums"],
      },
      durationSeconds: 150,
      seed: 7,
    });
  });

  it("says which numbers it cannot read", () => {
    expect([secondsIn("2:30"), secondsIn("45")]).toEqual([150, 45]);
    const wrong = unreadable({ ...NO_REVISION, tempo: "fast", length: "long" });
    expect(Object.keys(wrong)).toEqual(["tempo", "length"]);
    expect(unreadable(NO_REVISION)).toEqual({});
  });
});
