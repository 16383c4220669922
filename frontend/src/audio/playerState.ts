import type { BarSpan } from "@/audio/bars";
import type { Loop } from "@/audio/clock";
import { NEUTRAL, type Strips } from "@/audio/strip";

export type Playable = {
  readonly id: string;
  readonly title: string;
  readonly durationSeconds: number;
  /** The mastered mix. */
  readonly url: string;
  readonly stems: readonly {
    readonly id: string;
    readonly url: string;
    /** Whether the mix leaves it out; its stem is silence then. */
    readonly muted?: boolean;
  }[];
  /** Which version of the song it is; another one takes its place at the same bar. */
  readonly takeId?: string;
  readonly form?: readonly BarSpan[];
  /** What makes it as loud as the song's quietest take. */
  readonly gainDb?: number;
  /** Where it is shown, if not at its own song's page. */
  readonly page?: string;
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

export const isMoving = ({ status }: PlayerState): boolean =>
  status === "playing" || status === "loading";

/** Every track as the mix has it. */
export const neutralStrips = (song: Playable): Strips =>
  Object.fromEntries(
    song.stems.map(({ id, muted = false }) => [id, muted ? { ...NEUTRAL, muted } : NEUTRAL]),
  );

/** The finished mix as the listener is to hear it. */
export const fileOf = ({ url, gainDb = 0 }: Playable) => ({ url, gainDb });
