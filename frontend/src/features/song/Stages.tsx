import { Icon } from "@/components/Icon";
import type { StageName } from "@/gql/graphql";
import { percent } from "@/lib/format";
import styles from "./Stages.module.css";
import type { Stage } from "./stage";

const WORDS: Record<StageName, { doing: string; name: string }> = {
  PLANNING: { name: "Plan", doing: "Finding form, key and chords" },
  GENERATION: { name: "Compose", doing: "Writing melody and harmony" },
  ARRANGEMENT: { name: "Arrange", doing: "Giving every instrument its part" },
  RENDERING: { name: "Play", doing: "Playing the instruments" },
  MIXING: { name: "Mix", doing: "Balancing and mastering" },
};

export const stageSentence = (stage: StageName | null | undefined): string =>
  stage ? WORDS[stage].doing : "Waiting for its turn";

const isDone = ({ status }: Stage) => status === "COMPLETED" || status === "REUSED";

/** The five steps from a sentence to a song, each with its real progress. */
export const Stages = ({ stages }: { stages: readonly Stage[] }) => (
  <ol className={styles.stages} aria-label="Steps">
    {stages.map((stage) => (
      <li
        key={stage.name}
        data-status={stage.status}
        aria-current={stage.status === "RUNNING" ? "step" : undefined}
        style={{ "--done": isDone(stage) ? 1 : stage.progress }}
      >
        <span className={styles.name}>
          {isDone(stage) && <Icon name="check" size={15} />}
          {stage.status === "FAILED" && <Icon name="cross" size={15} />}
          {WORDS[stage.name].name}
        </span>
        <span className={styles.detail}>{detail(stage)}</span>
      </li>
    ))}
  </ol>
);

const detail = (stage: Stage): string => {
  if (isDone(stage))
    return stage.durationSeconds ? `${stage.durationSeconds.toFixed(1)} s` : "done";
  if (stage.status === "RUNNING") return percent(stage.progress);
  if (stage.status === "FAILED") return "failed";
  if (stage.status === "CANCELLED") return "stopped";
  return "";
};
