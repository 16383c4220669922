import { useRef } from "react";
import { Link } from "wouter";
import { player } from "@/audio/player";
import type { PlayerState } from "@/audio/playerState";
import { usePlayer, usePlayhead } from "@/audio/usePlayer";
import { IconButton } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { Slider } from "@/components/Slider";
import { clockTime, percent } from "@/lib/format";
import styles from "./PlayerBar.module.css";
import { useMediaSession } from "./useMediaSession";

/** The one player: it stays while pages come and go. */
export const PlayerBar = () => {
  const state = usePlayer();
  useMediaSession(state);
  if (!state.song) return null;
  const { song, status } = state;
  const moving = status === "playing" || status === "loading";
  return (
    <section className={styles.bar} aria-label="Player">
      <Progress songId={song.id} duration={song.durationSeconds} />
      <IconButton
        icon={moving ? "pause" : "play"}
        label={moving ? "Pause" : "Play"}
        kind="primary"
        aria-busy={status === "loading"}
        onClick={() => void player.toggle()}
      />
      <div className={styles.song}>
        <Link href={song.page ?? `/songs/${song.id}`}>{song.title}</Link>
        <span>{subtitle(state)}</span>
      </div>
      <Time songId={song.id} duration={song.durationSeconds} />
      <div className={styles.volume}>
        <Icon name="volume" size={18} />
        <Slider
          label="Volume"
          value={state.volume}
          min={0}
          max={1}
          step={0.02}
          valueText={percent(state.volume)}
          onChange={(volume) => player.setVolume(volume)}
        />
      </div>
      <IconButton icon="cross" label="Close player" onClick={() => player.unload()} />
    </section>
  );
};

const subtitle = ({ status, source, error, loop }: PlayerState): string => {
  if (status === "failed") return error ?? "This song cannot be played.";
  const what = source === "stems" ? "Your mix of the stems" : "Finished mix";
  return loop ? `${what}, one section looped` : what;
};

const Progress = ({ songId, duration }: { songId: string; duration: number }) => {
  const bar = useRef<HTMLDivElement>(null);
  usePlayhead(songId, (seconds) => {
    bar.current?.style.setProperty("--played", String((seconds ?? 0) / duration));
  });
  return (
    <div
      ref={bar}
      className={styles.progress}
      aria-hidden="true"
      onPointerDown={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        void player.seek(((event.clientX - box.left) / box.width) * duration);
      }}
    />
  );
};

const Time = ({ songId, duration }: { songId: string; duration: number }) => {
  const text = useRef<HTMLSpanElement>(null);
  usePlayhead(songId, (seconds) => {
    const now = clockTime(seconds ?? 0);
    if (text.current && text.current.textContent !== now) text.current.textContent = now;
  });
  return (
    <p className={styles.time}>
      <span ref={text}>0:00</span> / {clockTime(duration)}
    </p>
  );
};
