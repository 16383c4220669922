import { expect, it } from "vitest";
import { skyOf } from "@/lib/sky";

it("lets songs in bright modes play by day, others by night", () => {
  expect(["C major", "D lydian"].map((key) => skyOf(key, 0.5).night)).toEqual([false, false]);
  expect(["A minor", "D dorian", ""].map((key) => skyOf(key, 0.5).night)).toEqual([
    true,
    true,
    true,
  ]);
});

it("gives each key a colour of its own, however it is spelled", () => {
  const tonics = ["C", "G", "D", "A", "E", "B", "F#", "Db", "Ab", "Eb", "Bb", "F"];
  expect(new Set(tonics.map((tonic) => skyOf(`${tonic} minor`, 0.5).low)).size).toBe(12);
  expect(skyOf("Gb major", 0.5)).toEqual(skyOf("F# major", 0.5));
});

it("shows whether a song is calm or intense", () => {
  expect(skyOf("C major", 0.3).low).not.toBe(skyOf("C major", 0.8).low);
});
