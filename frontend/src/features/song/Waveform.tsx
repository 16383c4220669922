import { useEffect, useRef, useSyncExternalStore } from "react";
import { energyColor } from "@/lib/energy";
import { currentTheme, subscribeTheme } from "@/lib/theme";
import { sectionAt } from "./playable";
import styles from "./Scape.module.css";
import type { Section } from "./song";

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

/** How far each bar reaches, 0..1: the mean of the peaks it stands for, the loudest bar at 1. */
const barHeights = (peaks: readonly number[], bars: number): number[] => {
  const points = peaks.length / 2;
  const means = Array.from({ length: bars }, (_, bar) => {
    const from = Math.floor((bar / bars) * points);
    const to = Math.max(from + 1, Math.floor(((bar + 1) / bars) * points));
    const span = peaks.slice(from * 2, to * 2);
    return span.reduce((sum, peak) => sum + Math.abs(peak), 0) / Math.max(1, span.length);
  });
  const loudest = Math.max(0.05, ...means);
  return means.map((mean) => mean / loudest);
};

const draw = (canvas: HTMLCanvasElement, { peaks, sections, duration, dark, alpha }: Drawing) => {
  const { width, height } = canvas.getBoundingClientRect();
  canvas.width = Math.round(width * devicePixelRatio);
  canvas.height = Math.round(height * devicePixelRatio);
  const context = canvas.getContext("2d");
  if (!context) return;
  context.scale(devicePixelRatio, devicePixelRatio);
  const step = BAR_PIXELS + GAP_PIXELS;
  barHeights(peaks, Math.floor(width / step)).forEach((level, bar) => {
    const x = bar * step;
    const energy = sectionAt(sections, (x / width) * duration)?.energy ?? 0.5;
    const half = Math.max(1.5, level * (height / 2 - 2));
    context.fillStyle = energyColor(energy, dark, alpha);
    context.beginPath();
    context.roundRect(x, height / 2 - half, BAR_PIXELS, half * 2, BAR_PIXELS / 2);
    context.fill();
  });
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
