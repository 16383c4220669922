import { player } from "@/audio/player";
import { usePlayer } from "@/audio/usePlayer";
import { Button } from "@/components/Button";
import { StatusBadge } from "@/components/StatusBadge";
import { clockTime, percent } from "@/lib/format";
import styles from "./MakingPanel.module.css";
import type { Making } from "./makingReducer";
import { previewOf } from "./playable";
import { Stages, stageSentence } from "./Stages";
import { changeOf } from "./takeWords";
import type { Project } from "./useProject";
import type { useProjectActions } from "./useProjectActions";

type MakingPanelProps = {
  project: Project;
  making: Making;
  actions: ReturnType<typeof useProjectActions>;
  onWatch: (takeId: string) => void;
};

/** While the song is made, and when it could not be finished. */
export const MakingPanel = ({ project, making, actions, onWatch }: MakingPanelProps) => {
  const active = project.status === "QUEUED" || project.status === "RUNNING";
  const edit = project.takes.find((take) => take.id === project.takeInWork?.id && take.change);
  return (
    <section className={styles.panel} aria-label="Progress">
      <div className={styles.line}>
        <div className={styles.words}>
          <p className={styles.what}>
            <StatusBadge status={project.status} />
            {edit && `Take ${edit.number}: ${changeOf(edit)}`}
          </p>
          <p className={styles.now}>{sentence(project, making)}</p>
        </div>
        {active ? (
          <>
            {edit && edit.id !== project.take?.id && (
              <Button icon="pulse" onClick={() => onWatch(edit.id)}>
                Watch it being made
              </Button>
            )}
            <PreviewButton project={project} />
            <Amount project={project} />
            <Button icon="cross" disabled={actions.busy} onClick={() => void actions.cancel()}>
              Cancel
            </Button>
          </>
        ) : (
          <Button
            kind="primary"
            icon="retry"
            disabled={actions.busy}
            onClick={() => void actions.retry()}
          >
            Try again
          </Button>
        )}
      </div>
      <Stages stages={project.stages} />
      {making.connection === "reconnecting" && active && (
        <p className={styles.lost} role="status">
          The connection was lost; reconnecting. The song goes on being made meanwhile.
        </p>
      )}
    </section>
  );
};

const PreviewButton = ({ project }: { project: Project }) => {
  const { song, status } = usePlayer();
  const preview = previewOf(project);
  if (!preview) return null;
  const playing = song?.id === preview.id && (status === "playing" || status === "loading");
  return (
    <Button
      kind="primary"
      icon={playing ? "pause" : "play"}
      onClick={() => void player.toggle(preview)}
    >
      {playing ? "Pause the preview" : `Hear ${clockTime(preview.durationSeconds)} of it now`}
    </Button>
  );
};

const sentence = (project: Project, making: Making): string => {
  if (project.status === "FAILED") return project.error ?? "The song could not be made.";
  if (project.status === "CANCELLED") return "You stopped this song. What is done so far is kept.";
  if (project.status === "QUEUED") return queueWords(project.queuePosition);
  return making.message ?? stageSentence(project.currentStage);
};

const Amount = ({ project }: { project: Project }) => (
  <div className={styles.amount}>
    <strong
      role="progressbar"
      aria-label="Whole song"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(project.progress * 100)}
    >
      {percent(project.progress)}
    </strong>
    <span>{etaWords(project.etaSeconds)}</span>
  </div>
);

const etaWords = (seconds: number | null | undefined): string =>
  typeof seconds === "number" ? `about ${clockTime(seconds)} left` : "";

const queueWords = (position: number | null | undefined): string => {
  if (typeof position !== "number") return "Waiting for its turn";
  return position === 1 ? "Next in the queue" : `Number ${position} in the queue`;
};
