import { expect, describe as group, it } from "vitest";
import type { MidiNote } from "@/lib/smf";
import { barLines, describe, notesBetween, pageTurn, pitchName, rowsOf } from "./roll";
import { type Part, partsOf } from "./useMidi";

const note = (pitch: number, startSeconds = 0, endSeconds = startSeconds + 1): MidiNote => ({
  pitch,
  velocity: 90,
  startSeconds,
  endSeconds,
});
const part = (notes: MidiNote[], percussion = false): Part => ({
  id: "a",
  name: "A",
  percussion,
  notes,
});

it("names pitches as musicians do", () => {
  expect([60, 69, 61, 23].map(pitchName)).toEqual(["C4", "A4", "C♯4", "B0"]);
});

group("rowsOf", () => {
  it("gives an instrument its whole range from the top down, and two octaves at least", () => {
    const rows = rowsOf([part([note(60), note(64)])]);
    expect(rows).toHaveLength(25);
    expect(rows).toEqual([...rows].sort((a, b) => b - a));
    expect(rows).toContain(60);
    expect(rowsOf([part([note(30), note(90)])])).toHaveLength(65);
  });

  it("gives drums a row each", () => {
    expect(rowsOf([part([note(36), note(42), note(36)], true)])).toEqual([42, 36]);
  });

  it("has none without notes", () => expect(rowsOf([part([])])).toEqual([]));
});

it("keeps what sounds into the window, and drops what has ended or comes later", () => {
  const notes = [note(60, 0, 5), note(61, 1, 2), note(62, 4, 6), note(63, 9)];
  expect(notesBetween(notes, 3, 9).map(({ pitch }) => pitch)).toEqual([60, 62]);
});

it("puts bar lines evenly into each section", () => {
  const section = { index: 0, name: "Verse", energy: 0, chords: [], startBar: 4, bars: 2 };
  expect(barLines([{ ...section, startSeconds: 8, durationSeconds: 4 }])).toEqual([
    { bar: 5, seconds: 8 },
    { bar: 6, seconds: 10 },
  ]);
});

group("pageTurn", () => {
  it("turns when the playhead runs out of the page", () => {
    expect(pageTurn(9.1, 9.3, 0, 10)).toBeCloseTo(8.5);
    expect(pageTurn(5, 5.1, 0, 10)).toBeNull();
  });

  it("leaves the reader alone who has scrolled away, until there is a seek", () => {
    expect(pageTurn(30, 30.02, 0, 10)).toBeNull();
    expect(pageTurn(30, 50, 0, 10)).toBeCloseTo(49.2);
  });
});

it("says in words what is drawn", () => {
  expect(describe([part([note(45), note(79)])])).toBe("2 notes from A2 to G5");
  expect(describe([part([note(36)], true)])).toBe("1 note");
});

it("finds the instruments behind the file's track with the tempo", () => {
  const tracks = [
    { name: "", percussion: false, notes: [] },
    { name: "Bass", percussion: false, notes: [note(40)] },
  ];
  expect(partsOf(tracks, [{ id: "bass", name: "Synth bass" }])).toEqual([
    { id: "bass", name: "Synth bass", percussion: false, notes: [note(40)] },
  ]);
});
