import { Link } from "wouter";
import styles from "./Lately.module.css";
import {
  inTheLastHour,
  STAGES,
  secondsOf,
  stageMedians,
  timesFasterThanPlaying,
  workSeconds,
} from "./timings";
import { type Failed, type Finished, useLately } from "./useLately";

const BARS = 24;

/** How long songs take, stage by stage, and what went wrong. */
export const Lately = ({ over }: { over: number }) => {
  const lately = useLately(over);
  if (!lately) return null;
  return (
    <>
      {lately.finished.nodes.length > 0 && <Timings songs={lately.finished.nodes} />}
      {lately.failed.nodes.length > 0 && <Failures songs={lately.failed.nodes} />}
    </>
  );
};

const Timings = ({ songs }: { songs: readonly Finished[] }) => {
  const medians = stageMedians(songs);
  const factor = timesFasterThanPlaying(songs);
  const lastHour = inTheLastHour(songs, Date.now());
  return (
    <section className={styles.timings} aria-labelledby="timings-title">
      <h2 id="timings-title">What a song takes</h2>
      <p>
        {lastHour} in the last hour
        {factor !== null && `; made ${factor.toFixed(1)} times as fast as they play`}. Medians of
        the latest {songs.length}:
      </p>
      <dl className={styles.stages}>
        {medians.map(({ name, label, seconds }) => (
          <div key={name} data-stage={name} style={{ flexGrow: Math.max(seconds, 0.01) }}>
            <dt>{label}</dt>
            <dd>{seconds.toFixed(seconds < 10 ? 1 : 0)} s</dd>
          </div>
        ))}
      </dl>
      <Chart songs={songs.slice(0, BARS).toReversed()} />
    </section>
  );
};

/** One bar per song, the oldest first, each stage in its colour. */
const Chart = ({ songs }: { songs: readonly Finished[] }) => {
  const longest = songs.reduce((most, song) => Math.max(most, workSeconds(song)), 0.1);
  return (
    <ol className={styles.chart} aria-label="Seconds of work per song">
      {songs.map((song) => (
        <li key={song.id}>
          <Link
            href={`/songs/${song.id}`}
            aria-label={`${song.title}: ${workSeconds(song).toFixed(1)} seconds`}
            title={`${song.title}: ${workSeconds(song).toFixed(1)} s`}
          >
            {STAGES.map(({ name }) => (
              <i
                key={name}
                data-stage={name}
                style={{ height: `${((secondsOf(song.stages, name) ?? 0) / longest) * 100}%` }}
              />
            ))}
          </Link>
        </li>
      ))}
    </ol>
  );
};

const Failures = ({ songs }: { songs: readonly Failed[] }) => (
  <section aria-labelledby="failures-title">
    <h2 id="failures-title">What went wrong</h2>
    <ul className={styles.failures}>
      {songs.map(({ id, title, error }) => (
        <li key={id}>
          <Link href={`/songs/${id}`}>{title}</Link>
          <p>{error ?? "The song could not be made."}</p>
        </li>
      ))}
    </ul>
  </section>
);
