import styles from "./Tracks.module.css";

/** The outline of one stem as a small filled path. */
export const StemShape = ({ peaks, dimmed }: { peaks: readonly number[]; dimmed: boolean }) => {
  const points = peaks.length / 2;
  const top: string[] = [];
  const bottom: string[] = [];
  for (let i = 0; i < points; i++) {
    const low = Math.min(-0.02, peaks[i * 2] ?? 0);
    const high = Math.max(0.02, peaks[i * 2 + 1] ?? 0);
    top.push(`${i} ${(1 - shaped(high)).toFixed(3)}`);
    bottom.unshift(`${i} ${(1 + shaped(-low)).toFixed(3)}`);
  }
  return (
    <svg
      className={styles.stem}
      viewBox={`0 0 ${Math.max(1, points - 1)} 2`}
      preserveAspectRatio="none"
      aria-hidden="true"
      data-dimmed={dimmed || undefined}
    >
      <path d={`M${top.join("L")}L${bottom.join("L")}Z`} />
    </svg>
  );
};

/** Quiet tracks stay visible: the square root is nearer to how loud they sound. */
const shaped = (level: number): number => Math.sqrt(Math.min(1, level));
