import type { GenerateFullSongInput, LyricsInput, StyleInput } from "@/gql/graphql";

/** Whether there are words: as the prompt says, on a theme, given ones, or none. */
export type Singing = "open" | "theme" | "text" | "none";

/** What a person may fix beforehand. Left empty, the prompt and the style decide. */
export type Wishes = {
  readonly genre: string | null;
  readonly mood: string;
  readonly energy: number | null;
  readonly tempoBpm: string;
  readonly key: string;
  readonly timeSignature: string;
  readonly durationSeconds: number | null;
  readonly instruments: readonly string[];
  readonly withoutInstruments: readonly string[];
  readonly singing: Singing;
  readonly theme: string;
  readonly lyrics: string;
  readonly seed: string;
};

export const NO_WISHES: Wishes = {
  genre: null,
  mood: "",
  energy: null,
  tempoBpm: "",
  key: "",
  timeSignature: "",
  durationSeconds: null,
  instruments: [],
  withoutInstruments: [],
  singing: "open",
  theme: "",
  lyrics: "",
  seed: "",
};

export type WishAction = { type: "set"; change: Partial<Wishes> } | { type: "clear" };

export const wishesReducer = (state: Wishes, action: WishAction): Wishes =>
  action.type === "clear" ? NO_WISHES : { ...state, ...action.change };

const given = <T>(value: T): value is Exclude<T, null | ""> => value !== null && value !== "";

export const countWishes = ({ singing, theme, lyrics, ...others }: Wishes): number =>
  Object.values(others).filter((wish) => (Array.isArray(wish) ? wish.length > 0 : given(wish)))
    .length + (isSung(singing, theme, lyrics) || singing === "none" ? 1 : 0);

const isSung = (singing: Singing, theme: string, lyrics: string): boolean =>
  (singing === "theme" && theme.trim() !== "") || (singing === "text" && lyrics.trim() !== "");

const lyricsOf = ({ singing, theme, lyrics }: Wishes): LyricsInput | null => {
  if (!isSung(singing, theme, lyrics)) return null;
  return singing === "theme" ? { theme: theme.trim() } : { text: lyrics };
};

/** The request: only what was really wished for is in it. */
export const requestOf = (prompt: string, wishes: Wishes): GenerateFullSongInput => {
  const style: StyleInput = {
    ...(given(wishes.genre) && { genre: wishes.genre }),
    ...(given(wishes.mood) && { mood: wishes.mood }),
    ...(given(wishes.energy) && { energy: wishes.energy }),
    ...(given(wishes.tempoBpm) && { tempoBpm: Number(wishes.tempoBpm) }),
    ...(given(wishes.key) && { key: wishes.key }),
    ...(given(wishes.timeSignature) && { timeSignature: wishes.timeSignature }),
    ...(wishes.instruments.length > 0 && { instruments: [...wishes.instruments] }),
    ...(wishes.withoutInstruments.length > 0 && {
      withoutInstruments: [...wishes.withoutInstruments],
    }),
  };
  const words = lyricsOf(wishes);
  return {
    prompt: prompt.trim(),
    ...(Object.keys(style).length > 0 && { style }),
    ...(words && { lyrics: words }),
    ...(wishes.singing === "none" && { instrumental: true }),
    ...(given(wishes.durationSeconds) && { durationSeconds: wishes.durationSeconds }),
    ...(given(wishes.seed) && { seed: Number(wishes.seed) }),
  };
};

/** Tempo from the moments of a tapping finger; null until it is steady enough to mean something. */
export const tappedTempo = (tapsMilliseconds: readonly number[]): number | null => {
  const recent = tapsMilliseconds.slice(-6);
  const first = recent[0];
  const last = recent.at(-1);
  if (first === undefined || last === undefined || recent.length < 3) return null;
  const bpm = 60_000 / ((last - first) / (recent.length - 1));
  return bpm >= 40 && bpm <= 240 ? Math.round(bpm) : null;
};
