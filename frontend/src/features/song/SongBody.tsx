import type { Playable } from "@/audio/playerState";
import { ChordStrip } from "./ChordStrip";
import { Downloads } from "./Downloads";
import { Lyrics } from "./Lyrics";
import type { MixKeeping } from "./MixBar";
import { Notes } from "./Notes";
import { listeningFile } from "./playable";
import { Report } from "./Report";
import { Scape } from "./Scape";
import styles from "./SongPage.module.css";
import { SongViews } from "./SongViews";
import type { Section, Song } from "./song";
import type { TracksMaking } from "./tracksMaking";

type SongBodyProps = {
  id: string;
  song: Song | null;
  playable: Playable | null;
  /** 0..1 while the song is made. */
  progress: number;
  making: TracksMaking;
  /** Null where the song cannot be changed. */
  keeping: MixKeeping | null;
  onAnew: ((section: Section) => void) | null;
};

/** The song as it looks and what it is made of; the same for its owner and for a guest. */
export const SongBody = ({ id, song, playable, progress, making, ...edits }: SongBodyProps) => {
  if (!song) return <div className={styles.unplanned} aria-hidden="true" />;
  const heard = listeningFile(song);
  return (
    <>
      <div className={styles.stage}>
        <Scape
          song={song}
          peaks={heard?.peaks ?? null}
          playable={playable}
          progress={progress}
          onAnew={edits.onAnew}
        />
        <ChordStrip sections={song.sections} playable={playable} id={id} />
      </div>
      <SongViews
        song={song}
        playable={playable}
        id={id}
        making={making}
        keeping={edits.keeping}
        aside={
          <>
            {song.notes.length > 0 && <Notes notes={song.notes} />}
            {song.report && <Report song={song} report={song.report} />}
            {song.audio.length > 0 && <Downloads song={song} />}
            {song.lyrics && <Lyrics lyrics={song.lyrics} id={id} />}
          </>
        }
      />
    </>
  );
};
