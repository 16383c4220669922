const PATHS = {
  play: "M7 4.8v14.4a.8.8 0 0 0 1.2.7l11.4-7.2a.8.8 0 0 0 0-1.4L8.2 4.1a.8.8 0 0 0-1.2.7Z",
  pause: "M7 5h3.2v14H7zM13.8 5H17v14h-3.2z",
  plus: "M12 5v14M5 12h14",
  library: "M5 4v16M10 4v16M15 4.5l4.5 15",
  pulse: "M3 12h4l2.5-7 5 14 2.5-7h4",
  code: "m8 7-5 5 5 5m8-10 5 5-5 5",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2v2m0 16v2M4.9 4.9l1.4 1.4m11.4 11.4 1.4 1.4M2 12h2m16 0h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z",
  keyboard: "M3 7h18v10H3zM7 11h.01M11 11h.01M15 11h.01M8 14h8",
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14Zm5 12 4 4",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  download: "M12 4v11m0 0 4-4m-4 4-4-4M5 19h14",
  loop: "M17 3l3 3-3 3M4 12V9a3 3 0 0 1 3-3h13M7 21l-3-3 3-3m13-3v3a3 3 0 0 1-3 3H4",
  volume: "M5 9.5v5h3l4 3.5V6L8 9.5H5Zm10.5-.5a4 4 0 0 1 0 6m2.5-8.5a7.5 7.5 0 0 1 0 11",
  check: "m5 12.5 4.5 4.5L19 7.5",
  minus: "M5 12h14",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.2 1.2M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.2-1.2",
  grid: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h6v6h-6z",
  rows: "M4 6h16M4 12h16M4 18h16",
  cross: "M6 6l12 12M18 6 6 18",
  retry: "M20 11A8 8 0 1 0 18 17m2-11v5h-5",
  chevron: "m6 9 6 6 6-6",
  sparkle: "M12 3l1.8 5.2L19 10l-5.2 1.8L12 17l-1.8-5.2L5 10l5.2-1.8zM19 16v4m-2-2h4",
  pencil: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
  trash: "M5 7h14M10 7V4h4v3m-7 0 1 13h8l1-13",
  clock: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Zm0 4v4l3 2",
  note: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Zm0 4.2v.1m0 3V16",
} as const;

export type IconName = keyof typeof PATHS;

const FILLED: ReadonlySet<IconName> = new Set(["play", "pause"]);

/** Decoration beside a name; never the only thing that says what a control does. */
export const Icon = ({ name, size = 20 }: { name: IconName; size?: number }) => (
  <svg
    aria-hidden="true"
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill={FILLED.has(name) ? "currentColor" : "none"}
    stroke={FILLED.has(name) ? "none" : "currentColor"}
    strokeWidth={name === "more" ? 3 : 1.8}
    strokeLinecap="round"
    strokeLinejoin="round"
  >
    <path d={PATHS[name]} />
  </svg>
);
