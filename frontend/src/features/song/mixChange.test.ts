import { describe, expect, it } from "vitest";
import { LOWEST_GAIN_DB, NEUTRAL, type Strip } from "@/audio/strip";
import { mixChange, mixWords } from "./mixChange";

const playable = {
  id: "p",
  title: "Dawn",
  durationSeconds: 10,
  url: "/files/mix",
  stems: [
    { id: "bass", url: "/files/bass" },
    { id: "keys", url: "/files/keys", muted: true },
  ],
};
const strip = (over: Partial<Strip>): Strip => ({ ...NEUTRAL, ...over });
const change = (strips: Record<string, Strip>, gainDb = 0, pan = 0) =>
  mixChange(strips, playable, [{ trackId: "bass", gainDb, pan, muted: false }]);

describe("mixChange", () => {
  it("sets only what was touched, on top of what is set", () => {
    expect(change({ bass: strip({ gainDb: -3 }) }, -2)).toEqual([{ trackId: "bass", gainDb: -5 }]);
    expect(change({ bass: strip({ pan: 0.5 }) }, 0, -0.2)).toEqual([{ trackId: "bass", pan: 0.3 }]);
    expect(change({ bass: NEUTRAL, keys: strip({ muted: true }) })).toEqual([]);
  });

  it("mutes, and lets a muted track be heard again", () => {
    expect(change({ bass: strip({ muted: true }) })).toEqual([{ trackId: "bass", muted: true }]);
    expect(change({ keys: NEUTRAL })).toEqual([{ trackId: "keys", muted: false }]);
  });

  it("leaves a solo to the ear", () => {
    expect(change({ bass: strip({ soloed: true }) })).toEqual([]);
  });

  it("stays within what the server takes", () => {
    const [far] = change({ bass: strip({ gainDb: 6, pan: 1 }) }, 22, 1.5);
    expect(far).toEqual({ trackId: "bass", gainDb: 24, pan: 2 });
    const [silent] = change({ bass: strip({ gainDb: LOWEST_GAIN_DB }) }, 3);
    expect(silent).toEqual({ trackId: "bass", gainDb: -60 });
  });
});

it("says what is not saved", () => {
  const tracks = [
    { id: "bass", name: "Bass" },
    { id: "keys", name: "Piano" },
  ];
  const strips = { bass: strip({ gainDb: -3, pan: -0.5 }), keys: NEUTRAL };
  expect(mixWords(strips, playable, tracks)).toBe(
    "Bass −3.0 dB, 50 % left; Piano to be heard again",
  );
});
