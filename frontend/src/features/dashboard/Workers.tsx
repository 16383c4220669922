import { ago } from "@/lib/format";
import type { Overview } from "./useDashboard";
import styles from "./Workers.module.css";

type Worker = Overview["workers"][number];

/** Who makes the songs, and how much room each has left. */
export const Workers = ({ workers }: { workers: readonly Worker[] }) => (
  <section aria-labelledby="workers-title">
    <h2 id="workers-title">Workers</h2>
    <ol className={styles.workers}>
      {workers.map((worker, place) => (
        <li key={worker.id}>
          <strong>Worker {place + 1}</strong>
          <span className={styles.places} aria-hidden="true">
            {Array.from({ length: worker.room }, (_, seat) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the places are alike and never move
              <i key={seat} data-taken={seat < worker.songsInWork || undefined} />
            ))}
          </span>
          <span>
            {worker.songsInWork === 0 ? "idle" : `makes ${worker.songsInWork}`}, room for{" "}
            {worker.room}
          </span>
          <small>began {ago(worker.startedAt, Date.now())}</small>
        </li>
      ))}
    </ol>
  </section>
);
