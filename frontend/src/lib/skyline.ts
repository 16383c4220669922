/**
 * A smooth ridge through the energies of a song as an SVG path, closed at the bottom.
 *
 * Each energy (0..1) stands in the middle of its share of `width`; 1 reaches 90 % of `height`.
 */
export const skyline = (
  energies: readonly number[],
  shares: readonly number[],
  width: number,
  height: number,
): string => {
  const total = shares.reduce((sum, share) => sum + share, 0) || 1;
  let x = 0;
  const tops = energies.map((energy, index) => {
    const span = ((shares[index] ?? 0) / total) * width;
    x += span;
    return [x - span / 2, height * (1 - 0.12 - 0.78 * energy)] as const;
  });
  const first = tops[0]?.[1] ?? height * 0.7;
  const last = tops.at(-1)?.[1] ?? height * 0.7;
  const points = [[0, first] as const, ...tops, [width, last] as const];
  const curves = points.slice(1).map(([toX, toY], index) => {
    const [fromX, fromY] = points[index] ?? [0, height];
    const middle = (fromX + toX) / 2;
    return `C${n(middle)} ${n(fromY)} ${n(middle)} ${n(toY)} ${n(toX)} ${n(toY)}`;
  });
  return `M0 ${n(first)}${curves.join("")}V${n(height)}H0Z`;
};

/** Bars that one hill stands for. */
const HILL_BARS = 4;
/** By how much of its section's energy a hill may be lower. */
const DEEPEST = 0.42;

/** A number in [0, 1) for each place of a song: the same seed, the same ridge. */
const dipAt = (seed: number, place: number): number => {
  const mixed = Math.imul(seed ^ Math.imul(place + 1, 0x9e37_79b1), 0x85eb_ca6b);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
};

/** The hills of a song, one for every four bars: their energies and widths. */
export const hillsOf = (sections: readonly { energy: number; bars: number }[], seed: number) =>
  sections
    .flatMap(({ energy, bars }) => {
      const count = Math.max(1, Math.round(bars / HILL_BARS));
      return Array.from({ length: count }, () => ({ energy, width: bars / count }));
    })
    .map(({ energy, width }, place) => ({
      energy: energy * (1 - DEEPEST * dipAt(seed, place)),
      width,
    }));

const n = (value: number): string => value.toFixed(1);
