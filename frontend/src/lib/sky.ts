import { energyHue } from "@/lib/energy";

const FIFTHS = ["C", "G", "D", "A", "E", "B", "F#", "Db", "Ab", "Eb", "Bb", "F"];
const SAME: Readonly<Record<string, string>> = {
  Gb: "F#",
  "C#": "Db",
  "G#": "Ab",
  "D#": "Eb",
  "A#": "Bb",
  Cb: "B",
};
const HUE_PER_FIFTH = 9;

/** How far a key stands from C on the circle of fifths, as a hue. */
const hueOf = (tonic: string): number => {
  const fifths = Math.max(0, FIFTHS.indexOf(SAME[tonic] ?? tonic));
  return (fifths <= 6 ? fifths : fifths - 12) * HUE_PER_FIFTH;
};

const BRIGHT: ReadonlySet<string | undefined> = new Set(["major", "lydian", "mixolydian"]);

/** The colours of a song's landscape: bright modes are day, others night; energy and key the hue. */
export const skyOf = (key: string, energy: number) => {
  const [tonic = "", mode] = key.split(" ");
  // Most songs lie in the middle: their differences are what is to be seen.
  const hue = energyHue((energy - 0.25) * 1.6) + hueOf(tonic);
  const night = !BRIGHT.has(mode);
  return {
    night,
    top: `oklch(${night ? 0.27 : 0.56} 0.1 ${hue - 60})`,
    low: `oklch(${night ? 0.62 : 0.86} 0.13 ${hue})`,
    sun: `oklch(0.95 0.06 ${hue + 30})`,
    far: `oklch(${night ? 0.5 : 0.66} 0.12 ${hue - 30} / 0.85)`,
    near: `oklch(${night ? 0.26 : 0.4} 0.07 ${hue - 55})`,
  };
};
