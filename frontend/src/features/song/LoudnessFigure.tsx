import { lazy, Suspense, useMemo, useState } from "react";
import { clockTime, lufs } from "@/lib/format";
import styles from "./LoudnessFigure.module.css";
import { bySection, type Curve, loudestOf, SILENCE_LUFS, secondsAt } from "./loudness";
import { sectionAt } from "./playable";
import type { Section, Song } from "./song";

const LoudnessPlot = lazy(() => import("./LoudnessPlot"));

type LoudnessFigureProps = {
  song: Pick<Song, "loudnessCurve" | "sections" | "durationSeconds">;
  /** Of the whole song. */
  overall: number;
};

const said = (level: number): string => (level <= SILENCE_LUFS ? "silent" : lufs(level));

/** How loud the song is from second to second, drawn, in words, and as a table by section. */
export const LoudnessFigure = ({ song, overall }: LoudnessFigureProps) => {
  const { loudnessCurve: curve, sections, durationSeconds } = song;
  const [figure, setFigure] = useState<HTMLElement | null>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const starts = useMemo(() => sections.map(({ startSeconds }) => startSeconds), [sections]);
  const loudest = loudestOf(curve);
  return (
    <>
      <figure className={styles.figure} ref={setFigure} aria-labelledby="loudness-title">
        <figcaption>
          <h3 id="loudness-title">Loudness over time</h3>
          <p className={styles.legend}>
            <span>
              <i data-line="each" /> each second
            </span>
            <span>
              <i data-line="overall" /> the whole song, {lufs(overall)}
            </span>
          </p>
        </figcaption>
        <Suspense fallback={<div className={styles.canvas} />}>
          {figure && (
            <LoudnessPlot
              curve={curve}
              overall={overall}
              starts={starts}
              durationSeconds={durationSeconds}
              figure={figure}
              onPoint={setPointed}
            />
          )}
        </Suspense>
        <p className={styles.pointed}>
          {pointed === null
            ? `Loudest at ${clockTime(loudest.seconds)}: ${said(loudest.lufs)}`
            : pointedWords(pointed, curve, sections)}
        </p>
      </figure>
      <LoudnessTable curve={curve} sections={sections} />
    </>
  );
};

const pointedWords = (index: number, curve: Curve, sections: readonly Section[]): string => {
  const seconds = secondsAt(index);
  const { name } = sectionAt(sections, seconds) ?? { name: "" };
  return `${clockTime(seconds)}, ${name}: ${said(curve[index] ?? SILENCE_LUFS)}`;
};

const LoudnessTable = ({ curve, sections }: { curve: Curve; sections: readonly Section[] }) => (
  <details className={styles.table}>
    <summary>As a table</summary>
    <table>
      <thead>
        <tr>
          <th scope="col">Section</th>
          <th scope="col">From</th>
          <th scope="col">Softest</th>
          <th scope="col">Loudest</th>
        </tr>
      </thead>
      <tbody>
        {bySection(curve, sections).map(({ name, startSeconds, softest, loudest }) => (
          <tr key={startSeconds}>
            <th scope="row">{name}</th>
            <td>{clockTime(startSeconds)}</td>
            <td>{said(softest)}</td>
            <td>{said(loudest)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </details>
);
