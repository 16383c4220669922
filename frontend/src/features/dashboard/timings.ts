import type { StageName } from "@/gql/graphql";
import type { Finished } from "./useLately";

export const STAGES: readonly { name: StageName; label: string }[] = [
  { name: "PLANNING", label: "Plan" },
  { name: "GENERATION", label: "Compose" },
  { name: "ARRANGEMENT", label: "Arrange" },
  { name: "RENDERING", label: "Play" },
  { name: "MIXING", label: "Mix" },
];

/** The middle one: half of them are smaller. Null for none. */
export const median = (values: readonly number[]): number | null => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const high = sorted[Math.floor(middle)];
  const low = sorted[Math.ceil(middle) - 1];
  return high === undefined || low === undefined ? null : (low + high) / 2;
};

type Stages = Finished["stages"];

/** Seconds that a stage took; nothing when an earlier take had done it. */
export const secondsOf = (stages: Stages, name: StageName): number | null => {
  const stage = stages.find((one) => one.name === name);
  return stage?.status === "COMPLETED" ? (stage.durationSeconds ?? null) : null;
};

const workSeconds = ({ stages }: Finished): number =>
  STAGES.reduce((sum, { name }) => sum + (secondsOf(stages, name) ?? 0), 0);

/** The median of each stage over these songs. */
export const stageMedians = (songs: readonly Finished[]) =>
  STAGES.map(({ name, label }) => {
    const seconds = songs.flatMap(({ stages }) => secondsOf(stages, name) ?? []);
    return { name, label, seconds: median(seconds) ?? 0 };
  });

/** How many seconds of music one second of work made: the median over these songs. */
export const timesFasterThanPlaying = (songs: readonly Finished[]): number | null =>
  median(
    songs.flatMap((song) => {
      const work = workSeconds(song);
      return work > 0 && song.song ? [song.song.durationSeconds / work] : [];
    }),
  );

/** Songs that were finished in the hour before now. */
export const inTheLastHour = (songs: readonly Finished[], now: number): number =>
  songs.filter(({ completedAt }) => completedAt && now - Date.parse(completedAt) < 3_600_000)
    .length;
