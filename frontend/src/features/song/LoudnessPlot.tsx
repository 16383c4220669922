import { useRef } from "react";
import type uPlot from "uplot";
import { clockTime } from "@/lib/format";
import { usePlot } from "@/lib/usePlot";
import styles from "./LoudnessFigure.module.css";
import { type Curve, secondsAt } from "./loudness";

/** Softer than this, the line runs along the floor. */
const FLOOR_LUFS = -40;
const ABOVE_LU = 1;

export type LoudnessPlotProps = {
  curve: Curve;
  overall: number;
  /** Where sections begin. */
  starts: readonly number[];
  durationSeconds: number;
  /** Where swatches show the colour of each line. */
  figure: HTMLElement;
  onPoint: (index: number | null) => void;
};

/** Colours as the page has them now; a canvas knows no variables. */
const coloursOf = (figure: HTMLElement) => {
  const { color, borderTopColor } = getComputedStyle(figure);
  const swatch = (name: string) => {
    const found = figure.querySelector(`[data-line="${name}"]`);
    return found ? getComputedStyle(found).borderTopColor : color;
  };
  return { ink: color, line: borderTopColor, each: swatch("each"), overall: swatch("overall") };
};

const dataOf = ({ curve, overall }: LoudnessPlotProps): uPlot.AlignedData => [
  curve.map((_, index) => secondsAt(index)),
  curve.map((value) => Math.max(value, FLOOR_LUFS)),
  curve.map(() => overall),
];

/** A thin line where each section begins. */
const drawStarts =
  (starts: readonly number[], colour: string) =>
  ({ ctx, bbox, valToPos }: uPlot): void => {
    ctx.save();
    ctx.strokeStyle = colour;
    ctx.lineWidth = devicePixelRatio;
    ctx.beginPath();
    for (const start of starts) {
      const x = Math.round(valToPos(start, "x", true));
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
    }
    ctx.stroke();
    ctx.restore();
  };

const axesOf = (ink: string, line: string): uPlot.Axis[] => {
  const axis = { stroke: ink, font: "12px system-ui, sans-serif", ticks: { show: false } };
  return [
    {
      ...axis,
      size: 26,
      grid: { show: false },
      incrs: [5, 10, 15, 30, 60, 120, 180, 300],
      values: (_chart, moments) => moments.map(clockTime),
    },
    {
      ...axis,
      size: 38,
      grid: { stroke: line, width: 1 },
      values: (_chart, levels) => levels.map((level) => String(level).replace("-", "−")),
    },
  ];
};

const optionsOf = (props: LoudnessPlotProps, width: number, height: number): uPlot.Options => {
  const { ink, line, each, overall } = coloursOf(props.figure);
  return {
    width,
    height,
    padding: [8, 18, 0, 0],
    cursor: { y: false, points: { show: false }, drag: { setScale: false, x: false } },
    legend: { show: false },
    scales: {
      x: { time: false, range: [0, props.durationSeconds] },
      y: { range: (_chart, low, high) => [Math.floor(low) - ABOVE_LU, Math.ceil(high) + ABOVE_LU] },
    },
    axes: axesOf(ink, line),
    series: [
      {},
      { stroke: each, width: 2, points: { show: false } },
      { stroke: overall, width: 1.5, dash: [5, 4], points: { show: false } },
    ],
    hooks: {
      drawAxes: [drawStarts(props.starts, line)],
      setCursor: [({ cursor }) => props.onPoint(cursor.idx ?? null)],
    },
  };
};

/** Loudness over time, drawn; the words and the table beside it say the same. */
const LoudnessPlot = (props: LoudnessPlotProps) => {
  const latest = useRef(props);
  latest.current = props;
  const [place] = usePlot(
    {
      options: (width, height) => optionsOf(latest.current, width, height),
      data: () => dataOf(latest.current),
    },
    props.curve,
  );
  return <div ref={place} className={styles.canvas} aria-hidden="true" />;
};

export default LoudnessPlot;
