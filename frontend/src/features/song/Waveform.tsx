import { useEffect, useRef, useSyncExternalStore } from "react";
import { energyColor } from "@/lib/energy";
import { currentTheme, subscribeTheme } from "@/lib/theme";
import { sectionAt } from "./playable";
import styles from "./Scape.module.css";
import type { Section } from "./useProject";

type WaveformProps = {
  /** Minimum and maximum in turn, -1..1. */
  peaks: readonly number[];
  sections: readonly Section[];
  duration: number;
};

const BAR_PIXELS = 3;
const GAP_PIXELS = 1.5;
const REST_ALPHA = 0.34;

type Drawing = WaveformProps & { dark: boolean; alpha: number };

const draw = (canvas: HTMLCanvasElement, { peaks, sections, duration, dark, alpha }: Drawing) => {
  const { width, height } = canvas.getBoundingClientRect();
  const ratio = devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  if (!context) return;
  context.scale(ratio, ratio);
  const points = peaks.length / 2;
  const loudest = peaks.reduce((top, value) => Math.max(top, Math.abs(value)), 0.05);
  const step = BAR_PIXELS + GAP_PIXELS;
  for (let x = 0; x + BAR_PIXELS <= width; x += step) {
    const from = Math.floor((x / width) * points);
    const to = Math.max(from + 1, Math.floor(((x + step) / width) * points));
    let level = 0;
    for (let i = from * 2; i < to * 2; i++) level = Math.max(level, Math.abs(peaks[i] ?? 0));
    const energy = sectionAt(sections, (x / width) * duration)?.energy ?? 0.5;
    const half = Math.max(1.5, (level / loudest) * (height / 2 - 2));
    context.fillStyle = energyColor(energy, dark, alpha);
    context.beginPath();
    context.roundRect(x, height / 2 - half, BAR_PIXELS, half * 2, BAR_PIXELS / 2);
    context.fill();
  }
};

/** Drawn twice, at rest and played; the playhead only moves the edge between the two. */
export const Waveform = ({ peaks, sections, duration }: WaveformProps) => {
  const rest = useRef<HTMLCanvasElement>(null);
  const played = useRef<HTMLCanvasElement>(null);
  const theme = useSyncExternalStore(subscribeTheme, currentTheme);

  useEffect(() => {
    const { current: below } = rest;
    const { current: above } = played;
    if (!below || !above) return;
    const redraw = () => {
      const shape = { peaks, sections, duration, dark: theme === "dark" };
      draw(below, { ...shape, alpha: REST_ALPHA });
      draw(above, { ...shape, alpha: 1 });
    };
    const observer = new ResizeObserver(redraw);
    observer.observe(below);
    return () => observer.disconnect();
  }, [peaks, sections, duration, theme]);

  return (
    <div className={styles.waveform} aria-hidden="true">
      {sections.slice(1).map((section) => (
        <i key={section.index} style={{ left: `${(section.startSeconds / duration) * 100}%` }} />
      ))}
      <canvas ref={rest} />
      <canvas ref={played} className={styles.played} />
    </div>
  );
};
