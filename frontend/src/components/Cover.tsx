import { useId } from "react";
import styles from "@/components/Cover.module.css";
import { skyOf } from "@/lib/sky";
import { hillsOf, skyline } from "@/lib/skyline";

type CoverProps = {
  /** Null before there is a plan. */
  song: {
    readonly seed: number;
    readonly key: string;
    readonly sections: readonly { readonly energy: number; readonly bars: number }[];
  } | null;
  size?: "small" | "large";
};

const BOXES = { small: [100, 100], large: [180, 112] } as const;
const STARS = 14;

/** A landscape drawn from the song: its sections are the hills, its key the hour and the colour. */
export const Cover = ({ song, size = "small" }: CoverProps) => {
  const id = useId();
  const [width, height] = BOXES[size];
  const { seed, key, sections } = song ?? { seed: 0, key: "", sections: [] };
  const hills = hillsOf(sections, seed);
  const energies = hills.map(({ energy }) => energy);
  const widths = hills.map(({ width }) => width);
  const mean = energies.reduce((sum, one) => sum + one, 0) / Math.max(1, energies.length);
  const sky = skyOf(key, mean);
  return (
    <svg
      className={[styles.cover, styles[size]].join(" ")}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
      preserveAspectRatio="xMidYMid slice"
    >
      <defs>
        <linearGradient id={`${id}sky`} x1="0" x2="0" y1="0" y2="1">
          <stop offset="0" stopColor={sky.top} />
          <stop offset="0.9" stopColor={sky.low} />
        </linearGradient>
      </defs>
      <rect width={width} height={height} fill={`url(#${id}sky)`} />
      {sky.night && <Stars seed={seed} width={width} height={height} />}
      <circle
        cx={width * (0.2 + (seed % 7) / 11)}
        cy={height * (0.24 + (seed % 5) / 30)}
        r={height * (sky.night ? 0.09 : 0.14)}
        fill={sky.sun}
      />
      <g transform={`translate(0 ${height * 0.2})`}>
        <path
          d={skyline(energies.toReversed(), widths.toReversed(), width, height * 0.8)}
          fill={sky.far}
        />
      </g>
      <g transform={`translate(0 ${height * 0.4})`}>
        <path d={skyline(energies, widths, width, height * 0.6)} fill={sky.near} />
      </g>
    </svg>
  );
};

type StarsProps = { seed: number; width: number; height: number };

const Stars = ({ seed, width, height }: StarsProps) => (
  <g fill="oklch(0.97 0.02 90 / 0.75)">
    {Array.from({ length: STARS }, (_, star) => (
      <circle
        // biome-ignore lint/suspicious/noArrayIndexKey: a star is its place
        key={star}
        cx={(((seed + star * 7919) % 101) / 101) * width}
        cy={(((seed + star * 104_729) % 89) / 89) * height * 0.5}
        r={height * (star % 3 === 0 ? 0.009 : 0.006)}
      />
    ))}
  </g>
);
