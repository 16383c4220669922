import { player } from "@/audio/player";
import { neutralStrips, type Playable } from "@/audio/playerState";
import { HIGHEST_GAIN_DB, LOWEST_GAIN_DB, NEUTRAL, type Strip } from "@/audio/strip";
import { usePlayer } from "@/audio/usePlayer";
import { Slider } from "@/components/Slider";
import { decibels, panning, titleCase } from "@/lib/format";
import { LevelMeter } from "./LevelMeter";
import { MixBar, type MixKeeping } from "./MixBar";
import { StemShape } from "./StemShape";
import type { Section, Track } from "./song";
import styles from "./Tracks.module.css";

type TracksProps = {
  tracks: readonly Track[];
  sections: readonly Section[];
  playable: Playable | null;
  /** Names of the instruments that are being played or mixed, the latest last. */
  atWork: readonly string[];
  keeping: MixKeeping | null;
};

/** The instruments: what they are, how they sound alone, and how loud they should be. */
export const Tracks = ({ tracks, sections, playable, atWork, keeping }: TracksProps) => {
  const state = usePlayer();
  const current = state.song?.id === playable?.id && state.song?.takeId === playable?.takeId;
  const strips = current ? state.strips : playable ? neutralStrips(playable) : {};
  return (
    <section className={styles.tracks} aria-labelledby="tracks-title">
      <h2 id="tracks-title" className="sr-only">
        Instruments
      </h2>
      {playable && <MixBar tracks={tracks} playable={playable} keeping={keeping} />}
      <ul>
        {tracks.map((track) => (
          <TrackRow
            key={track.id}
            track={track}
            sections={sections}
            playable={playable}
            work={workOn(track.name, atWork)}
            strip={strips[track.id] ?? NEUTRAL}
          />
        ))}
      </ul>
    </section>
  );
};

type Work = "now" | "begun" | undefined;

const workOn = (name: string, atWork: readonly string[]): Work => {
  if (atWork.at(-1) === name) return "now";
  return atWork.includes(name) ? "begun" : undefined;
};

type TrackRowProps = {
  track: Track;
  work: Work;
  sections: readonly Section[];
  playable: Playable | null;
  strip: Strip;
};

const TrackRow = ({ track, work, sections, playable, strip }: TrackRowProps) => {
  const ready = playable !== null && track.stem !== null && track.stem !== undefined;
  const change = async (part: Partial<Strip>) => {
    if (!playable) return;
    const { song } = player.snapshot();
    if (song?.id !== playable.id || song.takeId !== playable.takeId) await player.play(playable);
    await player.setStrip(track.id, part);
  };
  return (
    <li className={styles.row} data-ready={ready || undefined}>
      <div className={styles.name}>
        <strong>{track.name}</strong>
        <small>
          {titleCase(track.role)}
          {track.noteCount > 0 && ` · ${track.noteCount} notes`}
          {work === "now" && " · at work"}
        </small>
      </div>
      <div className={styles.shape}>
        {track.stem ? (
          <StemShape peaks={track.stem.peaks} sections={sections} dimmed={strip.muted} />
        ) : (
          <span
            className={styles.pending}
            data-composed={track.noteCount > 0 || undefined}
            data-work={work}
          />
        )}
        {ready && <LevelMeter trackId={track.id} songId={playable.id} />}
      </div>
      <div className={styles.controls}>
        <button
          type="button"
          aria-pressed={strip.muted}
          aria-label={`Mute ${track.name}`}
          disabled={!ready}
          onClick={() => void change({ muted: !strip.muted })}
        >
          M
        </button>
        <button
          type="button"
          aria-pressed={strip.soloed}
          aria-label={`Solo ${track.name}`}
          disabled={!ready}
          onClick={() => void change({ soloed: !strip.soloed })}
        >
          S
        </button>
        <div className={styles.level} title="Level">
          <Slider
            label={`Level of ${track.name}`}
            value={strip.gainDb}
            min={LOWEST_GAIN_DB}
            max={HIGHEST_GAIN_DB}
            step={0.5}
            valueText={strip.gainDb <= LOWEST_GAIN_DB ? "silent" : decibels(strip.gainDb)}
            onChange={(gainDb) => void change({ gainDb })}
            disabled={!ready}
          />
        </div>
        <div className={styles.pan} title="Pan; press twice for the centre">
          <Slider
            label={`Pan of ${track.name}`}
            value={strip.pan}
            min={-1}
            max={1}
            step={0.1}
            valueText={panning(strip.pan)}
            fromCentre
            onChange={(pan) => void change({ pan })}
            disabled={!ready}
          />
        </div>
      </div>
    </li>
  );
};
