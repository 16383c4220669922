import { useEffect, useRef } from "react";
import uPlot from "uplot";
import { usePlot } from "@/lib/usePlot";
import type { Bar, Series } from "./BarFigure";
import styles from "./BarFigure.module.css";

/** As high as this at least, so that one song is no tower. */
const LOWEST_TOP = 4;
/** Bars that have room at least; fewer stand at the left. */
const FEWEST_PLACES = 12;
const EVERY = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

export type StackedBarsProps = {
  series: readonly Series[];
  bars: readonly Bar[];
  /** Behind the numbers of the scale. */
  unit: string;
  /** Where swatches show the colour of each series. */
  figure: HTMLElement;
  onPoint: (bar: number | null) => void;
  onChoose: (bar: number) => void;
};

/** Colours as the page has them now; a canvas knows no variables. */
const coloursOf = (figure: HTMLElement) => {
  const { color, borderTopColor } = getComputedStyle(figure);
  const swatch = (name: string) => {
    const found = figure.querySelector(`[data-series="${name}"]`);
    return found ? getComputedStyle(found).backgroundColor : color;
  };
  return { ink: color, line: borderTopColor, swatch };
};

/** Each series upon those before it, the whole bar first: what is drawn later covers it. */
const dataOf = (series: readonly Series[], bars: readonly Bar[]): uPlot.AlignedData => [
  bars.map((_, place) => place),
  ...series.map((_, top) =>
    bars.map(({ heights }) =>
      heights.slice(0, series.length - top).reduce((sum, height) => sum + height, 0),
    ),
  ),
];

type Latest = { readonly current: StackedBarsProps };

const axesOf = (latest: Latest, ink: string, line: string): uPlot.Axis[] => {
  const axis = { stroke: ink, font: "12px system-ui, sans-serif", ticks: { show: false } };
  return [
    {
      ...axis,
      size: 26,
      grid: { show: false },
      incrs: EVERY,
      values: (_chart, places) => places.map((at) => latest.current.bars[at]?.mark ?? ""),
    },
    {
      ...axis,
      size: 48,
      grid: { stroke: line, width: 1 },
      incrs: EVERY,
      values: (_chart, heights) => heights.map((at) => `${at}${latest.current.unit}`),
    },
  ];
};

const optionsOf = (latest: Latest, width: number, height: number): uPlot.Options => {
  const { ink, line, swatch } = coloursOf(latest.current.figure);
  const bars = uPlot.paths.bars?.({ size: [0.66, 36], radius: 0.15 });
  const last = Math.max(latest.current.bars.length, FEWEST_PLACES) - 0.5;
  return {
    width,
    height,
    padding: [8, 0, 0, 0],
    cursor: { x: false, y: false, points: { show: false }, drag: { setScale: false, x: false } },
    legend: { show: false },
    scales: {
      x: { time: false, range: [-0.5, last] },
      y: { range: (_chart, _low, high) => [0, Math.max(LOWEST_TOP, Math.ceil(high * 1.1))] },
    },
    axes: axesOf(latest, ink, line),
    series: [
      {},
      ...latest.current.series.toReversed().map(({ name }) => ({
        fill: swatch(name),
        width: 0,
        points: { show: false },
        ...(bars && { paths: bars }),
      })),
    ],
    hooks: {
      setCursor: [({ cursor }) => latest.current.onPoint(cursor.idx ?? null)],
      ready: [
        (chart) =>
          chart.over.addEventListener("click", () => {
            if (typeof chart.cursor.idx === "number") latest.current.onChoose(chart.cursor.idx);
          }),
      ],
    },
  };
};

/** Bars of several colours, drawn; the table beside them says the same. */
const StackedBars = (props: StackedBarsProps) => {
  const { series, bars } = props;
  const latest = useRef(props);
  latest.current = props;
  const [place, chart] = usePlot(
    {
      options: (width, height) => optionsOf(latest, width, height),
      data: () => dataOf(series, bars),
    },
    bars.length, // sets the scale
  );
  useEffect(() => chart.current?.setData(dataOf(series, bars)), [chart, series, bars]);
  return <div ref={place} className={styles.canvas} aria-hidden="true" />;
};

export default StackedBars;
