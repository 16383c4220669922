const BARS = [
  [4, 15, 7],
  [10, 10, 12],
  [16, 13, 9],
  [22, 5, 17],
] as const;

export const Mark = () => (
  <svg viewBox="0 0 30 26" width="30" height="26" aria-hidden="true">
    <defs>
      <linearGradient id="dusk" gradientUnits="userSpaceOnUse" x1="4" x2="26" y1="0" y2="0">
        <stop offset="0" stopColor="oklch(0.62 0.18 275)" />
        <stop offset="0.5" stopColor="oklch(0.66 0.19 345)" />
        <stop offset="1" stopColor="oklch(0.77 0.15 55)" />
      </linearGradient>
    </defs>
    {BARS.map(([x, y, height]) => (
      <rect key={x} x={x} y={y} width="4" height={height} rx="2" fill="url(#dusk)" />
    ))}
  </svg>
);
