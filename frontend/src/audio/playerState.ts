import type { Loop } from "@/audio/clock";
import { NEUTRAL, type Strips } from "@/audio/strip";

export type Playable = {
  readonly id: string;
  readonly title: string;
  readonly durationSeconds: number;
  /** The mastered mix. */
  readonly url: string;
  readonly stems: readonly { readonly id: string; readonly url: string }[];
};

export type PlayerState = {
  readonly song: Playable | null;
  readonly status: "idle" | "loading" | "playing" | "paused" | "failed";
  /** The mastered mix, or the stems under the listener's hands. */
  readonly source: "mix" | "stems";
  readonly strips: Strips;
  readonly loop: Loop | null;
  readonly volume: number;
  readonly error: string | null;
};

export const EMPTY: PlayerState = {
  song: null,
  status: "idle",
  source: "mix",
  strips: {},
  loop: null,
  volume: 1,
  error: null,
};

export const neutralStrips = (song: Playable): Strips =>
  Object.fromEntries(song.stems.map(({ id }) => [id, NEUTRAL]));
