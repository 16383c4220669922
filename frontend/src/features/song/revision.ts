import type { ReviseTakeInput } from "@/gql/graphql";

const SINGING = ["asItIs", "theme", "text", "none"] as const;

/** Whether there are other words: none changed, on a theme, given ones, or none at all. */
export type Singing = (typeof SINGING)[number];

export const isSinging = (word: string): word is Singing => SINGING.some((one) => one === word);

/** What a person asks for otherwise; empty stays as it is. */
export type Revision = {
  readonly prompt: string;
  readonly genre: string;
  readonly mood: string;
  /** 0 to 1, as text like all the others. */
  readonly energy: string;
  readonly tempo: string;
  readonly key: string;
  readonly metre: string;
  readonly length: string;
  readonly instruments: string;
  readonly without: string;
  readonly singing: Singing;
  readonly theme: string;
  readonly text: string;
  readonly seed: string;
};

export const NO_REVISION: Revision = {
  prompt: "",
  genre: "",
  mood: "",
  energy: "",
  tempo: "",
  key: "",
  metre: "",
  length: "",
  instruments: "",
  without: "",
  singing: "asItIs",
  theme: "",
  text: "",
  seed: "",
};

/** The field of the form that a field of the input stands for. */
export const FIELDS: Record<string, keyof Revision> = {
  prompt: "prompt",
  "style.genre": "genre",
  "style.mood": "mood",
  "style.energy": "energy",
  "style.tempoBpm": "tempo",
  "style.key": "key",
  "style.timeSignature": "metre",
  durationSeconds: "length",
  "style.instruments": "instruments",
  "style.withoutInstruments": "without",
  lyrics: "singing",
  "lyrics.theme": "theme",
  "lyrics.text": "text",
  instrumental: "singing",
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

/** Words win over an instrumental that was asked for before, and the other way round. */
const words = ({ singing, theme, text }: Revision): Partial<ReviseTakeInput> => {
  if (singing === "none") return { instrumental: true, lyrics: null };
  const lyrics = { theme: { theme: theme.trim() }, text: { text }, asItIs: {} }[singing];
  return Object.values(lyrics).some((given) => given.trim()) ? { instrumental: false, lyrics } : {};
};

/** The request with only what was really changed. */
export const revisionInput = (takeId: string, revision: Revision): ReviseTakeInput => {
  const { prompt, genre, mood, energy, tempo, key, metre, length, seed } = revision;
  const { instruments, without } = revision;
  const style = {
    ...(genre && { genre }),
    ...(mood.trim() && { mood: mood.trim() }),
    ...(energy && { energy: Number(energy) }),
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
    ...words(revision),
    ...(length.trim() && { durationSeconds: secondsIn(length) }),
    ...(seed && { seed: Number(seed) }),
  };
};

/** Whether nothing would be changed. */
export const isEmpty = (revision: Revision): boolean =>
  Object.keys(revisionInput("", revision)).length === 1;
