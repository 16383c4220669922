import { expect, it } from "vitest";
import { instrumentsOf } from "./instruments";

const CATALOGUE = [
  { id: "jazz", instruments: ["piano", "sax"] },
  { id: "pop", instruments: ["guitar", "piano"] },
  { id: "folk", instruments: ["guitar", "fiddle", "piano"] },
];

it("begins with what most genres have, each once", () => {
  expect(instrumentsOf(CATALOGUE, null)).toEqual(["piano", "guitar", "fiddle", "sax"]);
});

it("begins with those of the chosen genre", () => {
  expect(instrumentsOf(CATALOGUE, "jazz")).toEqual(["piano", "sax", "guitar", "fiddle"]);
});
