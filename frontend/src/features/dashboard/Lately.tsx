import { Link } from "wouter";
import { timeOfDay } from "@/lib/format";
import { type Bar, BarFigure } from "./BarFigure";
import styles from "./Lately.module.css";
import { inTheLastHour, STAGES, secondsOf, stageMedians, timesFasterThanPlaying } from "./timings";
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

const barOf = (song: Finished): Bar => ({
  key: song.id,
  mark: song.completedAt ? timeOfDay(song.completedAt) : "",
  label: song.title,
  href: `/songs/${song.id}`,
  heights: STAGES.map(({ name }) => secondsOf(song.stages, name) ?? 0),
});

const Timings = ({ songs }: { songs: readonly Finished[] }) => {
  const factor = timesFasterThanPlaying(songs);
  const lastHour = inTheLastHour(songs, Date.now());
  const series = stageMedians(songs).map(({ name, label, seconds }) => ({
    name,
    label,
    value: `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`,
  }));
  return (
    <section aria-labelledby="timings-title">
      <h2 id="timings-title">What a song takes</h2>
      <p>
        {lastHour} in the last hour
        {factor !== null && `; made ${factor.toFixed(1)} times as fast as they play`}. Medians of
        the latest {songs.length}:
      </p>
      <BarFigure
        what="Song"
        series={series}
        bars={songs.slice(0, BARS).toReversed().map(barOf)}
        unit=" s"
        digits={1}
      />
    </section>
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
