import { describe, expect, it } from "vitest";
import { readMidi } from "./smf";

const text = (word: string) => Array.from(new TextEncoder().encode(word));
const uint32 = (n: number) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
const chunk = (kind: string, body: number[]) => [...text(kind), ...uint32(body.length), ...body];
const END = [0, 0xff, 0x2f, 0];
const tempo = (delta: number, microseconds: number) => [
  ...[delta, 0xff, 0x51, 3],
  ...uint32(microseconds).slice(1),
];

/** 96 ticks per beat. */
const file = (...tracks: number[][]) => {
  const header = chunk("MThd", [0, 1, 0, tracks.length, 0, 96]);
  const body = tracks.flatMap((track) => chunk("MTrk", [...track, ...END]));
  return new Uint8Array([...header, ...body]).buffer;
};

describe("readMidi", () => {
  it("reads names, pitches, velocities and seconds", () => {
    const name = [0, 0xff, 0x03, 4, ...text("Bass")];
    const notes = [0, 0xc0, 33, 96, 0x90, 40, 100, 48, 0x80, 40, 0];
    const [, bass] = readMidi(file(tempo(0, 600_000), [...name, ...notes]));
    expect(bass?.name).toBe("Bass");
    expect(bass?.notes).toHaveLength(1);
    const [note] = bass?.notes ?? [];
    expect(note).toMatchObject({ pitch: 40, velocity: 100 });
    expect(note?.startSeconds).toBeCloseTo(0.6, 9);
    expect(note?.endSeconds).toBeCloseTo(0.9, 9);
  });

  it("follows every change of tempo, in whichever track it stands", () => {
    const tempos = [...tempo(0, 500_000), ...tempo(96, 1_000_000)];
    const [, track] = readMidi(file(tempos, [96 + 32, 0x90, 60, 1, 64, 0x80, 60, 0].flatMap(wide)));
    expect(track?.notes[0]?.startSeconds).toBeCloseTo(0.5 + 1 / 3, 9);
    expect(track?.notes[0]?.endSeconds).toBeCloseTo(1.5, 9);
  });

  it("takes a running status, and a note-on without velocity as the end", () => {
    const [track] = readMidi(file([0, 0x91, 60, 90, 0, 64, 80, 96, 60, 0, 0, 64, 0]));
    expect(track?.notes.map(({ pitch, endSeconds }) => [pitch, endSeconds])).toEqual([
      [60, 0.5],
      [64, 0.5],
    ]);
  });

  it("knows drums by their channel", () => {
    const hit = (status: number) => [0, status, 36, 90, 96, 36, 0];
    const read = readMidi(file(hit(0x99), hit(0x90)));
    expect(read.map(({ percussion }) => percussion)).toEqual([true, false]);
  });

  it("ends repeated notes of one pitch in the order they began", () => {
    const [track] = readMidi(file([0, 0x90, 60, 90, 48, 60, 80, 48, 60, 0, 48, 60, 0]));
    expect(track?.notes.map(({ endSeconds }) => endSeconds)).toEqual([0.5, 0.75]);
  });

  it("passes over pitch wheel, controllers, pressure and system messages", () => {
    const noise = [0, 0xe0, 0, 64, 0, 0xb0, 11, 90, 0, 0xd0, 5, 0, 0xf0, 2, 1, 0xf7];
    const [track] = readMidi(file([...noise, 0, 0x90, 60, 90, 96, 60, 0]));
    expect(track?.notes).toHaveLength(1);
  });

  it("refuses what is no MIDI file", () => {
    expect(() => readMidi(new TextEncoder().encode("RIFFxxxxxxxxxx").buffer)).toThrow("not a MIDI");
  });
});

/** Times above 127 take two bytes. */
function wide(value: number, index: number): number[] {
  return index === 0 ? [0x80 | (value >> 7), value & 0x7f] : [value];
}
