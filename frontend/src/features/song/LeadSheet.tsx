import { OpenSheetMusicDisplay } from "opensheetmusicdisplay";
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { player } from "@/audio/player";
import type { Playable } from "@/audio/playerState";
import { usePlayhead } from "@/audio/usePlayer";
import { Notice, Skeleton } from "@/components/Notice";
import { currentTheme, subscribeTheme } from "@/lib/theme";
import { type Box, barBoxes } from "./barBoxes";
import styles from "./LeadSheet.module.css";
import { indexAt } from "./playable";
import { barLines } from "./roll";
import type { Song } from "./song";

type LeadSheetProps = { song: Song; musicXmlUrl: string; playable: Playable | null; id: string };

/** Melody, chords and words in notation; drawn anew for another theme. */
export const LeadSheet = (props: LeadSheetProps) => (
  <Score key={useSyncExternalStore(subscribeTheme, currentTheme)} {...props} />
);

/** The bar that sounds is lit, and a bar that is pressed sounds. */
const Score = ({ song, musicXmlUrl, playable, id }: LeadSheetProps) => {
  const paper = useRef<HTMLDivElement>(null);
  const light = useRef<HTMLDivElement>(null);
  const { boxes, failed } = useEngraving(paper, musicXmlUrl);
  const bars = useMemo(
    () => barLines(song.sections).map(({ seconds }) => ({ startSeconds: seconds })),
    [song.sections],
  );
  const show = (seconds: number | null) => {
    const bar = seconds === null ? -1 : indexAt(bars, seconds);
    const box = boxes?.[bar];
    if (!light.current) return;
    light.current.hidden = !box;
    light.current.dataset.bar = String(bar + 1);
    if (box) Object.assign(light.current.style, inPixels(box));
  };
  const latest = useRef(show);
  latest.current = show;
  usePlayhead(id, show);
  useEffect(() => {
    if (boxes && player.snapshot().song?.id === id) latest.current(player.position());
  }, [boxes, id]);
  if (failed) {
    return (
      <Notice title="The score could not be drawn">
        The MusicXML file can be downloaded and opened in notation software.
      </Notice>
    );
  }
  const playBar = (x: number, y: number) => {
    const bar = boxes?.findIndex(
      (box) => x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height,
    );
    const start = bars[bar ?? -1];
    if (playable && start) void player.play(playable, start.startSeconds);
  };
  return (
    <div className={styles.desk}>
      {!boxes && <Skeleton lines={4} label="Engraving the score" />}
      <div
        className={styles.paper}
        role="img"
        aria-label={`Lead sheet, ${bars.length} bars`}
        data-engraved={boxes !== null || undefined}
        onPointerDown={(event) => {
          const { left, top } = event.currentTarget.getBoundingClientRect();
          playBar(event.clientX - left, event.clientY - top);
        }}
      >
        <div ref={light} className={styles.light} hidden />
        <div ref={paper} />
      </div>
    </div>
  );
};

const inPixels = ({ x, y, width, height }: Box) => ({
  transform: `translate(${x}px, ${y}px)`,
  width: `${width}px`,
  height: `${height}px`,
});

/** Draws the file in the ink of the paper, again when the width changes. */
const useEngraving = (paper: React.RefObject<HTMLDivElement | null>, url: string) => {
  const [boxes, setBoxes] = useState<readonly Box[] | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const sheet = paper.current;
    if (!sheet) return;
    const abort = new AbortController();
    const ink = getComputedStyle(sheet).color;
    const display = new OpenSheetMusicDisplay(sheet, {
      backend: "svg",
      autoResize: false,
      drawTitle: false,
      drawSubtitle: false,
      drawComposer: false,
      drawPartNames: false,
      defaultColorMusic: asHex(ink),
      defaultFontFamily: "Liberation Serif, Georgia, serif",
    });
    let width = 0;
    const engrave = () => {
      if (sheet.clientWidth === width || sheet.clientWidth === 0) return;
      width = sheet.clientWidth;
      display.zoom = width < 500 ? 0.62 : 0.85;
      display.render();
      setBoxes(barBoxes(display));
    };
    const observer = new ResizeObserver(() => display.Sheet && engrave());
    const load = async () => {
      const answer = await fetch(url, { signal: abort.signal });
      await display.load(await answer.text());
      if (abort.signal.aborted) return;
      engrave();
      observer.observe(sheet);
    };
    load().catch(() => !abort.signal.aborted && setFailed(true));
    return () => {
      abort.abort();
      observer.disconnect();
      display.clear();
      sheet.replaceChildren();
    };
  }, [paper, url]);
  return { boxes, failed };
};

/** The engraver takes no `oklch()`: a canvas translates. */
const asHex = (color: string): string => {
  const context = new OffscreenCanvas(1, 1).getContext("2d");
  if (!context) return "#000000";
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const channels = [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  return `#${channels.map((one) => one.toString(16).padStart(2, "0")).join("")}`;
};
