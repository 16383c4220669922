import { energyHue } from "@/lib/energy";
import styles from "./Horizon.module.css";

const BARS = 72;

/** A stable number in [0, 1) for each bar of a text: the same words, the same skyline. */
const height = (text: string, bar: number): number => {
  let hash = 2_166_136_261 ^ (bar * 97);
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 16_777_619);
  }
  hash = Math.imul(hash ^ (hash >>> 13), 2_246_822_519);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296;
};

/** The song that is still only words: a skyline that moves with every word typed. */
export const Horizon = ({ text, energy }: { text: string; energy: number | null }) => (
  <div className={styles.horizon} aria-hidden="true">
    {Array.from({ length: BARS }, (_, bar) => {
      const place = bar / (BARS - 1);
      const arch = 0.35 + 0.65 * Math.sin(Math.PI * (0.12 + place * 0.8)) ** 2;
      const tall = arch * (0.3 + 0.7 * height(text, bar)) * (0.6 + 0.6 * (energy ?? 0.55));
      return (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
          key={bar}
          style={{
            "--height": Math.min(1, tall).toFixed(3),
            "--hue": energyHue(place).toFixed(0),
            "--delay": `${(bar % 12) * -0.4}s`,
          }}
        />
      );
    })}
  </div>
);
