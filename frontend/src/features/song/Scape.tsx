import { type CSSProperties, useRef } from "react";
import { player } from "@/audio/player";
import type { Playable } from "@/audio/playerState";
import { usePlayer, usePlayhead } from "@/audio/usePlayer";
import { energyStyle } from "@/lib/energy";
import { clockTime, spokenTime } from "@/lib/format";
import styles from "./Scape.module.css";
import { SectionMenu } from "./SectionMenu";
import type { Section, Song } from "./song";
import { markSection } from "./songAddress";
import { Waveform } from "./Waveform";

const place = (section: Section, duration: number): CSSProperties => ({
  "--from": section.startSeconds / duration,
  "--share": section.durationSeconds / duration,
  "--energy": section.energy,
  ...energyStyle(section.energy),
});

type ScapeProps = {
  song: Song;
  peaks: readonly number[] | null;
  playable: Playable | null;
  /** 0..1 while the song is made. */
  progress: number;
  /** Null where the song cannot be changed. */
  onAnew: ((section: Section) => void) | null;
};

/** The song seen from the side: sections in time, energy as height, then the sound itself. */
export const Scape = ({ song, peaks, playable, progress, onAnew }: ScapeProps) => {
  const duration = song.durationSeconds;
  return (
    <div className={styles.scape} style={{ "--progress": progress }}>
      <SectionLabels song={song} playable={playable} onAnew={onAnew} />
      <div className={styles.field}>
        {peaks ? (
          <Waveform peaks={peaks} sections={song.sections} duration={duration} />
        ) : (
          <Blocks sections={song.sections} duration={duration} />
        )}
        {playable && <Playhead playable={playable} />}
      </div>
    </div>
  );
};

type SectionLabelsProps = Pick<ScapeProps, "song" | "playable" | "onAnew">;

const SectionLabels = ({ song, playable, onAnew }: SectionLabelsProps) => {
  const { loop, song: current } = usePlayer();
  return (
    <ol className={styles.labels} aria-label="Sections">
      {song.sections.map((section) => {
        const looped = current?.id === playable?.id && loop?.startSeconds === section.startSeconds;
        return (
          <li key={section.index} style={place(section, song.durationSeconds)}>
            <button
              type="button"
              disabled={!playable}
              data-looped={looped || undefined}
              title={`${section.name}, ${section.bars} bars`}
              onClick={() => {
                if (!playable) return;
                markSection(song.sections, section.index);
                void player.play(playable, section.startSeconds);
              }}
            >
              <span className={styles.name}>{section.name}</span>
              <span className={styles.bars}>{section.bars} bars</span>
            </button>
            {playable && (
              <SectionMenu
                name={section.name}
                onRepeat={() => void repeat(playable, section)}
                onAnew={onAnew && (() => onAnew(section))}
              />
            )}
          </li>
        );
      })}
    </ol>
  );
};

const repeat = async (playable: Playable, { startSeconds, durationSeconds }: Section) => {
  await player.play(playable, startSeconds);
  player.setLoop({ startSeconds, endSeconds: startSeconds + durationSeconds });
};

const Blocks = ({ sections, duration }: { sections: readonly Section[]; duration: number }) => (
  <div className={styles.blocks} aria-hidden="true">
    {sections.map((section) => (
      <span key={section.index} style={place(section, duration)} />
    ))}
  </div>
);

const KEY_STEPS: Record<string, number> = {
  ArrowLeft: -5,
  ArrowRight: 5,
  PageDown: -15,
  PageUp: 15,
};

const Playhead = ({ playable }: { playable: Playable }) => {
  const line = useRef<HTMLDivElement>(null);
  const duration = playable.durationSeconds;
  usePlayhead(playable.id, (position) => {
    const seconds = position ?? 0;
    const field = line.current?.parentElement;
    field?.style.setProperty("--played", String(seconds / duration));
    line.current?.setAttribute("aria-valuenow", seconds.toFixed(0));
    line.current?.setAttribute("aria-valuetext", spokenTime(seconds));
  });
  const goTo = async (seconds: number) => {
    if (player.snapshot().song?.id === playable.id) await player.seek(seconds);
    else await player.play(playable, seconds);
  };
  return (
    <div
      ref={line}
      className={styles.playhead}
      role="slider"
      tabIndex={0}
      aria-label="Position in the song"
      aria-valuemin={0}
      aria-valuemax={Math.round(duration)}
      aria-valuenow={0}
      aria-valuetext={clockTime(0)}
      onPointerDown={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        void goTo(((event.clientX - box.left) / box.width) * duration);
      }}
      onKeyDown={(event) => {
        const step = KEY_STEPS[event.key];
        if (step === undefined && event.key !== "Home" && event.key !== "End") return;
        event.preventDefault();
        event.stopPropagation();
        if (event.key === "Home") void goTo(0);
        else if (event.key === "End") void goTo(duration - 1);
        else void goTo(player.position() + (step ?? 0));
      }}
    />
  );
};
