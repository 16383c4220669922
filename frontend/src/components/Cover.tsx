import { useId } from "react";
import styles from "@/components/Cover.module.css";
import { energyHue } from "@/lib/energy";
import { skyline } from "@/lib/skyline";

type CoverProps = {
  /** Energy of each section, 0..1: the ridge of the landscape. */
  energies: readonly number[];
  widths: readonly number[];
  seed: number;
  size?: "small" | "large";
};

const BOXES = { small: [100, 100], large: [180, 112] } as const;

/** A landscape drawn from the song's own form: its sections are the hills, its seed the sun. */
export const Cover = ({ energies, widths, seed, size = "small" }: CoverProps) => {
  const id = useId();
  const [width, height] = BOXES[size];
  const mean = energies.reduce((sum, one) => sum + one, 0) / Math.max(1, energies.length);
  const hue = energyHue(mean) + (seed % 41) - 20;
  const far = skyline(energies.toReversed(), widths.toReversed(), width, height * 0.82);
  const near = skyline(energies, widths, width, height * 0.62);
  return (
    <svg
      className={[styles.cover, styles[size]].join(" ")}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
      preserveAspectRatio="xMidYMid slice"
    >
      <defs>
        <linearGradient id={`${id}sky`} x1="0" x2="0" y1="0" y2="1">
          <stop offset="0" stopColor={`oklch(0.36 0.1 ${hue - 60})`} />
          <stop offset="0.9" stopColor={`oklch(0.72 0.15 ${hue})`} />
        </linearGradient>
      </defs>
      <rect width={width} height={height} fill={`url(#${id}sky)`} />
      <circle
        cx={width * (0.2 + (seed % 7) / 11)}
        cy={height * (0.3 + (seed % 5) / 30)}
        r={height * 0.13}
        fill={`oklch(0.93 0.07 ${hue + 30})`}
      />
      <g transform={`translate(0 ${height * 0.18})`}>
        <path d={far} fill={`oklch(0.56 0.14 ${hue - 30} / 0.8)`} />
      </g>
      <g transform={`translate(0 ${height * 0.38})`}>
        <path d={near} fill={`oklch(0.3 0.09 ${hue - 55})`} />
      </g>
    </svg>
  );
};
