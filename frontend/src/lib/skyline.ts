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

const n = (value: number): string => value.toFixed(1);
