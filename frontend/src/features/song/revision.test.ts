import { describe, expect, it } from "vitest";
import {
  isEmpty,
  NO_REVISION,
  type Revision,
  revisionInput,
  secondsIn,
  unreadable,
} from "./revision";

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
      energy: "0.8",
      tempo: "120",
      key: "A minor",
      metre: "3/4",
      length: "2:30",
      instruments: "piano, strings,",
      without: "drums",
      singing: "theme" as const,
      theme: "leaving home",
      text: "",
      seed: "7",
    };
    expect(revisionInput("t", all)).toEqual({
      takeId: "t",
      prompt: "a waltz",
      style: {
        genre: "jazz",
        mood: "dark",
        energy: 0.8,
        tempoBpm: 120,
        key: "A minor",
        timeSignature: "3/4",
        instruments: ["piano", "strings"],
        withoutInstruments: ["drums"],
      },
      instrumental: false,
      lyrics: { theme: "leaving home" },
      durationSeconds: 150,
      seed: 7,
    });
  });

  it("asks for given words, for none, or leaves them as they are", () => {
    const input = (over: Partial<Revision>) => revisionInput("t", { ...NO_REVISION, ...over });
    const words = { text: "[Verse]\nRain", theme: "rain" };
    expect(input({ singing: "text", ...words })).toEqual({
      takeId: "t",
      instrumental: false,
      lyrics: { text: "[Verse]\nRain" },
    });
    expect(input({ singing: "none", ...words })).toEqual({
      takeId: "t",
      instrumental: true,
      lyrics: null,
    });
    expect(isEmpty({ ...NO_REVISION, singing: "asItIs", ...words })).toBe(true);
    expect(isEmpty({ ...NO_REVISION, singing: "theme", theme: " " })).toBe(true);
  });

  it("says which numbers it cannot read", () => {
    expect([secondsIn("2:30"), secondsIn("45")]).toEqual([150, 45]);
    const wrong = unreadable({ ...NO_REVISION, tempo: "fast", length: "long" });
    expect(Object.keys(wrong)).toEqual(["tempo", "length"]);
    expect(unreadable(NO_REVISION)).toEqual({});
  });
});
