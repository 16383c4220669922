import { describe, expect, it } from "vitest";
import { audibleGains, dbToGain, isNeutral, LOWEST_GAIN_DB, NEUTRAL } from "@/audio/strip";

describe("audibleGains", () => {
  it("leaves the composer's balance alone", () => {
    expect(audibleGains({ bass: NEUTRAL, lead: NEUTRAL })).toEqual({ bass: 1, lead: 1 });
  });

  it("lets only soloed tracks through", () => {
    const strips = { bass: NEUTRAL, lead: { ...NEUTRAL, soloed: true } };
    expect(audibleGains(strips)).toEqual({ bass: 0, lead: 1 });
  });

  it("keeps a muted track silent even when it is soloed", () => {
    const strips = { lead: { ...NEUTRAL, soloed: true, muted: true } };
    expect(audibleGains(strips)).toEqual({ lead: 0 });
  });
});

describe("dbToGain", () => {
  it("halves the amplitude at about −6 dB and is silent at the bottom", () => {
    expect(dbToGain(-6)).toBeCloseTo(0.501, 3);
    expect(dbToGain(LOWEST_GAIN_DB)).toBe(0);
  });
});

it("notices whether anything was touched", () => {
  expect(isNeutral({ a: NEUTRAL })).toBe(true);
  expect(isNeutral({ a: { ...NEUTRAL, gainDb: -1 } })).toBe(false);
  expect(isNeutral({ a: { ...NEUTRAL, pan: 0.1 } })).toBe(false);
});
