import styles from "@/components/Cover.module.css";
import { energyHue } from "@/lib/energy";

type CoverProps = {
  /** Energy of each section, 0..1: the skyline of the song. */
  energies: readonly number[];
  widths?: readonly number[];
  seed: number;
  size?: "small" | "large";
};

const SIDE = 100;

/** A cover drawn from the song's own form: one block per section, as high as it is intense. */
export const Cover = ({ energies, widths, seed, size = "small" }: CoverProps) => {
  const shares = widths ?? energies.map(() => 1);
  const total = shares.reduce((sum, share) => sum + share, 0) || 1;
  const tilt = (seed % 17) - 8;
  let x = 0;
  return (
    <svg
      className={[styles.cover, styles[size]].join(" ")}
      viewBox={`0 0 ${SIDE} ${SIDE}`}
      aria-hidden="true"
      preserveAspectRatio="none"
    >
      <rect width={SIDE} height={SIDE} className={styles.sky} />
      <circle
        cx={18 + (seed % 61)}
        cy={20 + (seed % 23)}
        r={9 + (seed % 7)}
        className={styles.light}
      />
      {energies.map((energy, index) => {
        const width = ((shares[index] ?? 1) / total) * SIDE;
        const height = 16 + energy * 62;
        const left = x;
        x += width;
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: the index is the section's place in the song
            key={index}
            x={left}
            y={SIDE - height}
            width={width + 0.3}
            height={height}
            fill={`oklch(${0.52 + energy * 0.2} 0.16 ${energyHue(energy) + tilt})`}
          />
        );
      })}
    </svg>
  );
};
