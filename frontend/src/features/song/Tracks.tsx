import { player } from "@/audio/player";
import { neutralStrips, type Playable } from "@/audio/playerState";
import { HIGHEST_GAIN_DB, LOWEST_GAIN_DB, NEUTRAL, type Strip } from "@/audio/strip";
import { usePlayer } from "@/audio/usePlayer";
import { Slider } from "@/components/Slider";
import { decibels, panning, percent, titleCase } from "@/lib/format";
import { ComingTrack } from "./ComingTrack";
import { LevelMeter } from "./LevelMeter";
import { MasterPanel } from "./MasterPanel";
import { MixBar, type MixKeeping } from "./MixBar";
import { StemShape } from "./StemShape";
import type { Song, Track } from "./song";
import styles from "./Tracks.module.css";
import type { Played, TracksMaking } from "./tracksMaking";
import { type Part, useMidi } from "./useMidi";

type TracksProps = {
  song: Song;
  playable: Playable | null;
  making: TracksMaking;
  keeping: MixKeeping | null;
};

/** The instruments: what they are, how they sound alone, and how loud they should be. */
export const Tracks = ({ song, playable, making, keeping }: TracksProps) => {
  const { tracks } = song;
  const parts = useMidi(tracks.some(({ stem }) => !stem) ? song.midiUrl : null, tracks);
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
            song={song}
            part={parts?.find(({ id }) => id === track.id)}
            playable={playable}
            played={making.played.find(({ trackId }) => trackId === track.id)}
            mixing={making.mixing === track.name}
            strip={strips[track.id] ?? NEUTRAL}
          />
        ))}
      </ul>
      {playable && keeping && <MasterPanel {...keeping.master} />}
    </section>
  );
};

type TrackRowProps = {
  track: Track;
  song: Song;
  /** Its notes, while there is no stem. */
  part: Part | undefined;
  played: Played | undefined;
  mixing: boolean;
  playable: Playable | null;
  strip: Strip;
};

/** What is done with an instrument now, in words. */
const workWords = (played: Played | undefined, mixing: boolean): string => {
  if (mixing) return " · being mixed";
  if (!played) return "";
  return played.progress < 1 ? ` · played ${percent(played.progress)}` : " · played";
};

const TrackRow = ({ track, song, part, played, mixing, playable, strip }: TrackRowProps) => {
  const ready = playable !== null && track.stem !== null && track.stem !== undefined;
  const change = async (part: Partial<Strip>) => {
    if (!playable) return;
    const { song } = player.snapshot();
    if (song?.id !== playable.id || song.takeId !== playable.takeId) await player.play(playable);
    await player.setStrip(track.id, part);
  };
  return (
    <li className={styles.row} data-ready={ready || undefined} data-mixing={mixing || undefined}>
      <div className={styles.name}>
        <strong>{track.name}</strong>
        <small>
          {titleCase(track.role)}
          {track.noteCount > 0 && ` · ${track.noteCount} notes`}
          {!track.stem && workWords(played, mixing)}
        </small>
      </div>
      <div className={styles.shape}>
        {track.stem ? (
          <StemShape
            peaks={track.stem.peaks}
            sections={song.sections}
            state={strip.muted ? "dimmed" : undefined}
          />
        ) : (
          <ComingTrack
            notes={part?.notes ?? null}
            played={played}
            sections={song.sections}
            duration={song.durationSeconds}
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
