import { describe, expect, it } from "vitest";
import {
  countWishes,
  NO_WISHES,
  requestOf,
  tappedTempo,
  type Wishes,
  wishesReducer,
} from "./wishes";

describe("requestOf", () => {
  it("asks for nothing that was not wished", () => {
    expect(requestOf("  a waltz ", NO_WISHES)).toEqual({ prompt: "a waltz" });
  });

  it("keeps a calm energy of zero and a seed of zero", () => {
    const wishes = wishesReducer(NO_WISHES, { type: "set", change: { energy: 0, seed: "0" } });
    expect(requestOf("x", wishes)).toEqual({ prompt: "x", style: { energy: 0 }, seed: 0 });
  });

  it("puts each wish where the API reads it", () => {
    const wishes = {
      ...NO_WISHES,
      genre: "jazz",
      tempoBpm: "128",
      key: "D dorian",
      durationSeconds: 90,
      instruments: ["piano"],
      singing: "text" as const,
      theme: "not this one",
      lyrics: "la la",
    };
    expect(requestOf("x", wishes)).toEqual({
      prompt: "x",
      style: { genre: "jazz", tempoBpm: 128, key: "D dorian", instruments: ["piano"] },
      lyrics: { text: "la la" },
      durationSeconds: 90,
    });
  });
});

describe("lyrics", () => {
  const sung = (change: Partial<Wishes>) => requestOf("x", { ...NO_WISHES, ...change });

  it("are written on a theme, given, or refused", () => {
    expect(sung({ singing: "theme", theme: " trains " }).lyrics).toEqual({ theme: "trains" });
    expect(sung({ singing: "text", lyrics: "la" }).lyrics).toEqual({ text: "la" });
    expect(sung({ singing: "none", lyrics: "la" })).toEqual({
      prompt: "x",
      instrumental: true,
    });
  });

  it("are left to the prompt while their field is empty", () => {
    expect(sung({ singing: "theme", theme: " ", lyrics: "la" })).toEqual({ prompt: "x" });
    expect(countWishes({ ...NO_WISHES, singing: "text" })).toBe(0);
    expect(countWishes({ ...NO_WISHES, singing: "none" })).toBe(1);
  });
});

describe("countWishes", () => {
  it("counts what is set, and nothing after clearing", () => {
    const wishes = { ...NO_WISHES, mood: "calm", energy: 0, instruments: ["flute"] };
    expect(countWishes(wishes)).toBe(3);
    expect(countWishes(wishesReducer(wishes, { type: "clear" }))).toBe(0);
  });
});

describe("tappedTempo", () => {
  it("reads half a second between taps as 120", () => {
    expect(tappedTempo([0, 500, 1000, 1500])).toBe(120);
  });

  it("wants three taps and a tempo somebody could play", () => {
    expect(tappedTempo([0, 500])).toBeNull();
    expect(tappedTempo([0, 5000, 10000])).toBeNull();
  });
});
