import type { Stage } from "./stage";

export type Played = Stage["tracks"][number];

/** How far the instruments are while a song is made. */
export type TracksMaking = {
  readonly played: readonly Played[];
  /** The name of the one that is being mixed. */
  readonly mixing: string | null;
};

export const NOTHING_MAKING: TracksMaking = { played: [], mixing: null };

export const tracksMaking = (stages: readonly Stage[]): TracksMaking => ({
  played: stages.flatMap(({ tracks }) => tracks),
  mixing: stages.reduce<string | null>((name, stage) => nameIn(stage) ?? name, null),
});

const nameIn = ({ status, message }: Stage): string | null =>
  (status === "RUNNING" && /^Mixing (.+)$/.exec(message ?? "")?.[1]) || null;
