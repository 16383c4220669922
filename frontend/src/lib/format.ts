export const clockTime = (seconds: number): string => {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};

const clock = new Intl.DateTimeFormat("en", {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** When it was, by the clock on the wall: "14:05". */
export const timeOfDay = (iso: string): string => clock.format(Date.parse(iso));

/** For ears, not eyes: "1 minute 4 seconds". */
export const spokenTime = (seconds: number): string => {
  const whole = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  const count = (n: number, word: string) => `${n} ${word}${n === 1 ? "" : "s"}`;
  return minutes ? `${count(minutes, "minute")} ${count(rest, "second")}` : count(rest, "second");
};

export const fileSize = (bytes: number): string => {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(0)} kB`;
  return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
};

export const decibels = (db: number): string =>
  db === 0 ? "0 dB" : `${db > 0 ? "+" : "−"}${Math.abs(db).toFixed(1)} dB`;

/** How loud a master is: "−14 LUFS", "−9.5 LUFS". */
export const lufs = (loudness: number): string =>
  `${String(Number(loudness.toFixed(1))).replace("-", "−")} LUFS`;

/** Where in the stereo image: "centre", "30 % left". */
export const panning = (pan: number): string =>
  pan === 0 ? "centre" : `${Math.round(Math.abs(pan) * 100)} % ${pan < 0 ? "left" : "right"}`;

export const percent = (fraction: number): string => `${Math.round(fraction * 100)} %`;

/** "Bb", "F#m7" and "Eb major" as musicians write them. */
export const accidentals = (symbol: string): string =>
  symbol.replace(/([A-G])b|b(?=\d)/g, "$1♭").replace(/([A-G])#|#(?=\d)/g, "$1♯");

export const tempo = (bpm: number): string => `${Number(bpm.toFixed(1))} BPM`;

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

export const ago = (iso: string, now: number): string => {
  const seconds = (Date.parse(iso) - now) / 1000;
  if (-seconds > 30 * 86_400)
    return new Date(iso).toLocaleDateString("en", { dateStyle: "medium" });
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit);
  }
  return "just now";
};

export const titleCase = (word: string): string =>
  word.replaceAll("_", " ").replace(/^./, (first) => first.toUpperCase());
