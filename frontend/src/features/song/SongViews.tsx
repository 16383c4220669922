import { Tabs } from "radix-ui";
import { lazy, type ReactNode, Suspense } from "react";
import type { Playable } from "@/audio/playerState";
import { Skeleton } from "@/components/Notice";
import type { MixKeeping } from "./MixBar";
import styles from "./SongViews.module.css";
import type { Song } from "./song";
import { isView, useView } from "./songAddress";
import { Tracks } from "./Tracks";
import type { TracksMaking } from "./tracksMaking";

const PianoRoll = lazy(async () => ({ default: (await import("./PianoRoll")).PianoRoll }));
const LeadSheet = lazy(async () => ({ default: (await import("./LeadSheet")).LeadSheet }));

type SongViewsProps = {
  song: Song;
  playable: Playable | null;
  id: string;
  making: TracksMaking;
  keeping: MixKeeping | null;
  /** What stands beside the instruments, and below the wider views. */
  aside: ReactNode;
};

/** The same song three ways: as instruments, as notes, as a score. */
export const SongViews = ({ song, playable, id, making, keeping, aside }: SongViewsProps) => {
  const [wanted, setView] = useView();
  const { midiUrl, musicXmlUrl } = song;
  const there = { instruments: true, notes: Boolean(midiUrl), score: Boolean(musicXmlUrl) };
  const view = there[wanted] ? wanted : "instruments";
  return (
    <Tabs.Root
      className={styles.views}
      data-view={view}
      value={view}
      onValueChange={(value) => isView(value) && setView(value)}
    >
      <div className={styles.view}>
        <Tabs.List className={styles.list} aria-label="Views of the song">
          <Tabs.Trigger value="instruments">Instruments</Tabs.Trigger>
          <Tabs.Trigger value="notes" disabled={!there.notes}>
            Notes
          </Tabs.Trigger>
          <Tabs.Trigger value="score" disabled={!there.score}>
            Score
          </Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content value="instruments" tabIndex={-1}>
          <Tracks song={song} playable={playable} making={making} keeping={keeping} />
        </Tabs.Content>
        <Suspense fallback={<Skeleton lines={4} label="Loading the view" />}>
          <Tabs.Content value="notes" tabIndex={-1}>
            {midiUrl && <PianoRoll song={song} midiUrl={midiUrl} playable={playable} id={id} />}
          </Tabs.Content>
          <Tabs.Content value="score" tabIndex={-1}>
            {musicXmlUrl && (
              <LeadSheet song={song} musicXmlUrl={musicXmlUrl} playable={playable} id={id} />
            )}
          </Tabs.Content>
        </Suspense>
      </div>
      <aside className={styles.aside}>{aside}</aside>
    </Tabs.Root>
  );
};
