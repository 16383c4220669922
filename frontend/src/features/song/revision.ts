import type { ReviseTakeInput } from "@/gql/graphql";

/** What a person asks for otherwise; empty stays as it is. */
export type Revision = {
  readonly prompt: string;
  readonly genre: string;
  readonly mood: string;
  readonly tempo: string;
  readonly key: string;
  readonly metre: string;
  readonly length: string;
  readonly instruments: string;
  readonly without: string;
  readonly seed: string;
};

export const NO_REVISION: Revision = {
  prompt: "",
  genre: "",
  mood: "",
  tempo: "",
  key: "",
  metre: "",
  length: "",
  instruments: "",
  without: "",
  seed: "",
};

/** The field of the form that a field of the input stands for. */
export const FIELDS: Record<string, keyof Revision> = {
  prompt: "prompt",
  "style.genre": "genre",
  "style.mood": "mood",
  "style.tempoBpm": "tempo",
  "style.key": "key",
  "style.timeSignature": "metre",
  durationSeconds: "length",
  "style.instruments": "instruments",
  "style.withoutInstruments": "without",
  seed: "seed",
};

const names = (list: string): string[] =>
  list
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);

/** "150", "2:30": seconds; NaN when it is neither. */
export const secondsIn = (length: string): number => {
  const [, minutes, seconds] = /^(?:(\d+):)?(\d+)$/.exec(length.trim()) ?? [];
  return Number(minutes ?? 0) * 60 + Number(seconds);
};

/** Numbers that are none; the input could not even carry them. */
export const unreadable = ({
  tempo,
  length,
}: Revision): Partial<Record<keyof Revision, string>> => ({
  ...(tempo.trim() && Number.isNaN(Number(tempo)) && { tempo: "A number such as 96." }),
  ...(length.trim() && Number.isNaN(secondsIn(length)) && { length: "Such as 2:30, or 150." }),
});

/** The request with only what was really changed. */
export const revisionInput = (takeId: string, revision: Revision): ReviseTakeInput => {
  const { prompt, genre, mood, tempo, key, metre, length, instruments, without, seed } = revision;
  const style = {
    ...(genre && { genre }),
    ...(mood.trim() && { mood: mood.trim() }),
    ...(tempo.trim() && { tempoBpm: Number(tempo) }),
    ...(key.trim() && { key: key.trim() }),
    ...(metre.trim() && { timeSignature: metre.trim() }),
    ...(names(instruments).length > 0 && { instruments: names(instruments) }),
    ...(names(without).length > 0 && { withoutInstruments: names(without) }),
  };
  return {
    takeId,
    ...(prompt.trim() && { prompt: prompt.trim() }),
    ...(Object.keys(style).length > 0 && { style }),
    ...(length.trim() && { durationSeconds: secondsIn(length) }),
    ...(seed && { seed: Number(seed) }),
  };
};

export const isEmpty = (revision: Revision): boolean =>
  Object.values(revision).every((value) => value.trim() === "");
