import { useId } from "react";
import { energyStyle } from "@/lib/energy";
import type { Section } from "./song";
import styles from "./Tracks.module.css";

type StemShapeProps = {
  peaks: readonly number[];
  sections: readonly Section[];
  /** Silent in the mix, or not mixed yet. */
  state?: "dimmed" | "coming" | undefined;
};

/** Quiet tracks stay visible: the square root is nearer to how loud they sound. */
const shaped = (level: number): number => Math.sqrt(Math.min(1, level));

const outline = (peaks: readonly number[]): string => {
  const top: string[] = [];
  const bottom: string[] = [];
  for (let i = 0; i < peaks.length / 2; i++) {
    const low = Math.min(-0.001, peaks[i * 2] ?? 0);
    const high = Math.max(0.001, peaks[i * 2 + 1] ?? 0);
    top.push(`${i} ${(1 - shaped(high)).toFixed(3)}`);
    bottom.unshift(`${i} ${(1 + shaped(-low)).toFixed(3)}`);
  }
  return `M${top.join("L")}L${bottom.join("L")}Z`;
};

/** The outline of one stem, in the colours of the sections it plays in. */
export const StemShape = ({ peaks, sections, state }: StemShapeProps) => {
  const id = useId();
  const width = Math.max(1, peaks.length / 2 - 1);
  const last = sections.at(-1);
  const duration = last ? last.startSeconds + last.durationSeconds : 1;
  return (
    <svg
      className={styles.stem}
      viewBox={`0 0 ${width} 2`}
      preserveAspectRatio="none"
      aria-hidden="true"
      data-state={state}
    >
      <defs>
        <linearGradient id={id} gradientUnits="userSpaceOnUse" x1="0" x2={width} y1="0" y2="0">
          {sections.flatMap((section) => {
            const ends = [section.startSeconds, section.startSeconds + section.durationSeconds];
            return ends.map((seconds) => (
              <stop
                key={`${section.index} ${seconds}`}
                offset={seconds / duration}
                style={{ ...energyStyle(section.energy), stopColor: "var(--energy-color)" }}
              />
            ));
          })}
        </linearGradient>
      </defs>
      <path d={outline(peaks)} fill={`url(#${id})`} />
    </svg>
  );
};
