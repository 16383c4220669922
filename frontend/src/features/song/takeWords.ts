import type { TakeEntry } from "./useProject";

type Measured = Pick<TakeEntry, "id" | "song">;

/** Integrated loudness; null until it is measured. */
export const loudnessOf = ({ song }: Pick<TakeEntry, "song">): number | null =>
  song?.report?.loudnessLufs ?? null;

/** What a take is played with so that it sounds as loud as the quietest of all: never more than 0 dB. */
export const matchingGain = (takes: readonly Measured[], id: string): number => {
  const all = takes.flatMap((take) => loudnessOf(take) ?? []);
  const own = loudnessOf(takes.find((take) => take.id === id) ?? { song: null });
  return own === null ? 0 : Math.min(0, ...all.map((other) => other - own));
};

export const changeOf = ({ change, number }: Pick<TakeEntry, "change" | "number">): string =>
  change?.summary ?? (number === 1 ? "As first made" : "Its origin is deleted");

/** The finished take before or after the one that is shown, around the end. */
export const neighbour = (
  takes: readonly TakeEntry[],
  shownId: string | undefined,
  step: 1 | -1,
): TakeEntry | null => {
  const finished = takes.filter(({ status }) => status === "COMPLETED");
  const here = finished.findIndex(({ id }) => id === shownId);
  const next = finished[(here + step + finished.length) % finished.length];
  return next && next.id !== shownId ? next : null;
};
