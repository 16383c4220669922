import { useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { player } from "@/audio/player";
import type { Playable } from "@/audio/playerState";
import { usePlayhead } from "@/audio/usePlayer";
import { IconButton } from "@/components/Button";
import { Choice } from "@/components/Choice";
import { Notice, Skeleton } from "@/components/Notice";
import { useKeys } from "@/lib/keys";
import { currentTheme, subscribeTheme } from "@/lib/theme";
import { drawNow, drawRoll, type RollPicture } from "./drawRoll";
import styles from "./PianoRoll.module.css";
import { describe, pageTurn, rowsOf } from "./roll";
import type { Song } from "./song";
import { type Part, useMidi } from "./useMidi";

const EVERYTHING = "*";
const ZOOMS = [12, 25, 50, 80, 130, 220, 400] as const;
const USUAL_ZOOM = 3;

type PianoRollProps = { song: Song; midiUrl: string; playable: Playable | null; id: string };

/** Every note that is played, one instrument in front of the others. */
export const PianoRoll = ({ song, midiUrl, playable, id }: PianoRollProps) => {
  const parts = useMidi(midiUrl, song.tracks);
  const [chosen, setChosen] = useState(EVERYTHING);
  const [zoom, setZoom] = useState(USUAL_ZOOM);
  const zoomBy = (steps: number) =>
    setZoom((before) => Math.min(ZOOMS.length - 1, Math.max(0, before + steps)));
  useKeys(({ key }) => {
    if (key !== "+" && key !== "-") return false;
    zoomBy(key === "+" ? 1 : -1);
    return true;
  });
  if (!parts) return <Skeleton lines={4} label="Loading the notes" />;
  if (parts.length === 0) {
    return <Notice title="The notes could not be read">Their MIDI file can be downloaded.</Notice>;
  }
  const options = [
    { value: EVERYTHING, label: "All but drums" },
    ...parts.map((part) => ({ value: part.id, label: part.name })),
  ];
  return (
    <div className={styles.roll}>
      <div className={styles.tools}>
        <div className={styles.choice}>
          <Choice label="Instrument" value={chosen} options={options} onChange={setChosen} />
        </div>
        <IconButton
          icon="minus"
          label="Zoom out"
          disabled={zoom === 0}
          onClick={() => zoomBy(-1)}
        />
        <IconButton
          icon="plus"
          label="Zoom in"
          disabled={zoom === ZOOMS.length - 1}
          onClick={() => zoomBy(1)}
        />
      </div>
      <Paper
        parts={parts}
        chosen={chosen}
        song={song}
        playable={playable}
        id={id}
        pixelsPerSecond={ZOOMS[zoom] ?? 80}
      />
    </div>
  );
};

type PaperProps = {
  parts: readonly Part[];
  chosen: string;
  song: Song;
  playable: Playable | null;
  id: string;
  pixelsPerSecond: number;
};

/** The paper is as long as the song, the canvases only as wide as what is seen of it. */
const Paper = ({ parts, chosen, song, playable, id, pixelsPerSecond }: PaperProps) => {
  const scroller = useRef<HTMLElement>(null);
  const notes = useRef<HTMLCanvasElement>(null);
  const now = useRef<HTMLCanvasElement>(null);
  const seconds = useRef(0);
  const scale = useRef(pixelsPerSecond);
  const dark = useSyncExternalStore(subscribeTheme, currentTheme) === "dark";
  const front = useMemo(
    () => parts.filter((part) => (chosen === EVERYTHING ? !part.percussion : part.id === chosen)),
    [parts, chosen],
  );
  const rows = useMemo(() => rowsOf(front), [front]);

  const picture = (): RollPicture => ({
    parts: front,
    around: parts.filter((part) => !part.percussion && !front.includes(part)),
    rows,
    sections: song.sections,
    dark,
    pixelsPerSecond,
    fromSeconds: (scroller.current?.scrollLeft ?? 0) / pixelsPerSecond,
  });
  const draw = () => {
    if (notes.current) drawRoll(notes.current, picture());
    if (now.current) drawNow(now.current, picture(), seconds.current);
  };
  const latest = useRef(draw);
  latest.current = draw;

  useLayoutEffect(() => {
    const paper = scroller.current;
    if (!paper) return;
    const middle = (paper.scrollLeft + paper.clientWidth / 2) / scale.current;
    if (scale.current !== pixelsPerSecond) {
      paper.scrollLeft = middle * pixelsPerSecond - paper.clientWidth / 2;
      scale.current = pixelsPerSecond;
    }
    latest.current();
  });

  useLayoutEffect(() => {
    if (!scroller.current) return;
    const observer = new ResizeObserver(() => latest.current());
    observer.observe(scroller.current);
    return () => observer.disconnect();
  }, []);

  usePlayhead(id, (position) => {
    const paper = scroller.current;
    const before = seconds.current;
    seconds.current = position ?? 0;
    if (!paper || !now.current) return;
    const { fromSeconds } = picture();
    const span = paper.clientWidth / pixelsPerSecond;
    const turned = pageTurn(before, seconds.current, fromSeconds, span);
    if (turned !== null) paper.scrollLeft = turned * pixelsPerSecond;
    drawNow(now.current, picture(), seconds.current);
  });

  return (
    <section
      ref={scroller}
      className={styles.paper}
      aria-label="Piano roll"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys
      tabIndex={0}
      onScroll={draw}
    >
      <div style={{ width: song.durationSeconds * pixelsPerSecond }}>
        <div
          className={styles.seen}
          role="img"
          aria-label={describe(front)}
          onPointerDown={(event) => {
            const { left } = event.currentTarget.getBoundingClientRect();
            const there = picture().fromSeconds + (event.clientX - left) / pixelsPerSecond;
            if (playable) void player.play(playable, there);
          }}
        >
          <canvas ref={notes} />
          <canvas ref={now} />
        </div>
      </div>
    </section>
  );
};
