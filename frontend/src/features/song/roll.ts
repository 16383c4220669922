import type { MidiNote } from "@/lib/smf";
import type { Section } from "./song";
import type { Part } from "./useMidi";

/** What is seen of the notes: which rows, and which span of time at which scale. */
export type RollView = {
  /** Pitches from the top down. */
  readonly rows: readonly number[];
  readonly fromSeconds: number;
  readonly pixelsPerSecond: number;
};

const LEAST_ROWS = 25;
const MARGIN_ROWS = 2;
const NAMES = ["C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B"] as const;
const BLACK = new Set([1, 3, 6, 8, 10]);

/** General MIDI's drums, as short as they are called. */
const DRUMS: Readonly<Record<number, string>> = {
  35: "Kick",
  36: "Kick",
  37: "Rim",
  38: "Snare",
  39: "Clap",
  40: "Snare",
  41: "Low tom",
  42: "Hat",
  43: "Low tom",
  44: "Foot hat",
  45: "Tom",
  46: "Open hat",
  47: "Tom",
  48: "High tom",
  49: "Crash",
  50: "High tom",
  51: "Ride",
  53: "Bell",
  54: "Tambourine",
  56: "Cowbell",
  57: "Crash",
  69: "Cabasa",
  70: "Maracas",
  75: "Claves",
};

export const isBlackKey = (pitch: number): boolean => BLACK.has(pitch % 12);

/** Middle C is C4. */
export const pitchName = (pitch: number): string =>
  `${NAMES[pitch % 12]}${Math.floor(pitch / 12) - 1}`;

export const drumName = (pitch: number): string => DRUMS[pitch] ?? pitchName(pitch);

/** Drums show the drums that are hit; instruments all keys of their range, at least two octaves. */
export const rowsOf = (parts: readonly Part[]): number[] => {
  const pitches = parts.flatMap(({ notes }) => notes.map(({ pitch }) => pitch));
  if (pitches.length === 0) return [];
  if (parts.every(({ percussion }) => percussion)) {
    return [...new Set(pitches)].sort((a, b) => b - a);
  }
  const low = pitches.reduce((a, b) => Math.min(a, b)) - MARGIN_ROWS;
  const high = pitches.reduce((a, b) => Math.max(a, b)) + MARGIN_ROWS;
  const missing = Math.max(0, LEAST_ROWS - (high - low + 1));
  const top = Math.min(127, high + Math.ceil(missing / 2));
  const bottom = Math.max(0, low - Math.floor(missing / 2));
  return Array.from({ length: top - bottom + 1 }, (_, row) => top - row);
};

/** Notes that are seen between two moments. */
export const notesBetween = (
  notes: readonly MidiNote[],
  fromSeconds: number,
  untilSeconds: number,
): MidiNote[] =>
  notes.filter((note) => note.startSeconds < untilSeconds && note.endSeconds > fromSeconds);

/** Where bars begin, with their number counted from 1. */
export const barLines = (sections: readonly Section[]): { bar: number; seconds: number }[] =>
  sections.flatMap(({ startBar, bars, startSeconds, durationSeconds }) =>
    Array.from({ length: bars }, (_, bar) => ({
      bar: startBar + bar + 1,
      seconds: startSeconds + (durationSeconds * bar) / bars,
    })),
  );

/** Turn the page when the playhead leaves the part that is seen; stay when it was not in it. */
export const pageTurn = (
  before: number,
  now: number,
  fromSeconds: number,
  spanSeconds: number,
): number | null => {
  const inside = (seconds: number) =>
    seconds >= fromSeconds && seconds <= fromSeconds + spanSeconds * 0.92;
  const jumped = Math.abs(now - before) > 1;
  if (inside(now) || !(jumped || inside(before))) return null;
  return Math.max(0, now - spanSeconds * 0.08);
};

/** In words, for those who do not see it: "192 notes from A2 to G5". */
export const describe = (parts: readonly Part[]): string => {
  const notes = parts.flatMap((part) => part.notes);
  const count = `${notes.length} ${notes.length === 1 ? "note" : "notes"}`;
  if (notes.length === 0 || parts.every(({ percussion }) => percussion)) return count;
  const pitches = notes.map(({ pitch }) => pitch).sort((a, b) => a - b);
  return `${count} from ${pitchName(pitches[0] ?? 0)} to ${pitchName(pitches.at(-1) ?? 0)}`;
};
