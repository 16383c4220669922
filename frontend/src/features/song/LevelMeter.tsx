import { useEffect, useRef } from "react";
import { player } from "@/audio/player";
import { usePlayer } from "@/audio/usePlayer";
import styles from "./Tracks.module.css";

const FLOOR_DB = -54;

const level = (analyser: AnalyserNode, samples: Float32Array<ArrayBuffer>): number => {
  analyser.getFloatTimeDomainData(samples);
  const peak = samples.reduce((top, sample) => Math.max(top, Math.abs(sample)), 0);
  return Math.max(0, 1 - (20 * Math.log10(peak + 1e-6)) / FLOOR_DB);
};

/** What this track gives to the sum right now; silent while the finished mix plays. */
export const LevelMeter = ({ trackId, songId }: { trackId: string; songId: string }) => {
  const { song, status, source } = usePlayer();
  const bar = useRef<HTMLSpanElement>(null);
  const running = song?.id === songId && status === "playing" && source === "stems";

  useEffect(() => {
    const element = bar.current;
    if (!running || !element) return;
    const samples = new Float32Array(1024);
    let frame = 0;
    const draw = () => {
      const analyser = player.analyser(trackId);
      if (analyser) element.style.setProperty("--level", level(analyser, samples).toFixed(3));
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => {
      cancelAnimationFrame(frame);
      element.style.setProperty("--level", "0");
    };
  }, [running, trackId]);

  return <span ref={bar} className={styles.meter} aria-hidden="true" />;
};
