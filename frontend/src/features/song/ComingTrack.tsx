import type { MidiNote } from "@/lib/smf";
import { StemShape } from "./StemShape";
import type { Section } from "./song";
import styles from "./Tracks.module.css";
import type { Played } from "./tracksMaking";

type ComingTrackProps = {
  /** What it is going to play; null until it is written. */
  notes: readonly MidiNote[] | null;
  /** How far it has been played; undefined until it has begun. */
  played: Played | undefined;
  sections: readonly Section[];
  duration: number;
};

/** A track that is not mixed yet: its notes, filled as far as they are played, then its sound. */
export const ComingTrack = ({ notes, played, sections, duration }: ComingTrackProps) => {
  if (played?.outline) {
    return <StemShape peaks={played.outline} sections={sections} state="coming" />;
  }
  if (!notes) return <span className={styles.pending} />;
  const shape = notesShape(notes, duration);
  return (
    <div className={styles.coming} style={{ "--done": played?.progress ?? 0 }}>
      {["written", "played"].map((layer) => (
        <svg
          key={layer}
          data-layer={layer}
          viewBox={`0 0 ${WIDTH} ${ROWS}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <path className={styles[layer]} d={shape} />
        </svg>
      ))}
    </div>
  );
};

const WIDTH = 1_000;
const ROWS = 100;
const NOTE_ROWS = 9;
const SHORTEST = 2;

/** Every note as a bar: time to the right, the track's own range from top to bottom. */
export const notesShape = (notes: readonly MidiNote[], duration: number): string => {
  const pitches = notes.map(({ pitch }) => pitch);
  const top = Math.max(...pitches);
  const range = Math.max(1, top - Math.min(...pitches));
  return notes
    .map(({ pitch, startSeconds, endSeconds }) => {
      const x = (startSeconds / duration) * WIDTH;
      const length = Math.max(SHORTEST, ((endSeconds - startSeconds) / duration) * WIDTH);
      const y = ((top - pitch) / range) * (ROWS - NOTE_ROWS);
      return `M${x.toFixed(1)} ${y.toFixed(1)}h${length.toFixed(1)}v${NOTE_ROWS}h-${length.toFixed(1)}z`;
    })
    .join("");
};
