import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { subscribeTheme } from "@/lib/theme";
import type { Hour } from "./useDashboard";

const HEIGHT = 190;
const HALF_AN_HOUR = 1_800;

type Colours = { ink: string; line: string; finished: string; failed: string };

/** Colours as the page has them now; a canvas knows no variables. */
const coloursOf = (figure: HTMLElement): Colours => {
  const swatch = (name: string) => {
    const found = figure.querySelector(`[data-series="${name}"]`);
    return found ? getComputedStyle(found).backgroundColor : "currentColor";
  };
  const { color, borderTopColor } = getComputedStyle(figure);
  return {
    ink: color,
    line: borderTopColor,
    finished: swatch("finished"),
    failed: swatch("failed"),
  };
};

const clock = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hour12: false });

const optionsOf = (width: number, { ink, line, finished, failed }: Colours): uPlot.Options => {
  const bars = uPlot.paths.bars?.({ size: [0.66, 36], radius: 0.2 });
  const axis = { stroke: ink, font: "12px system-ui, sans-serif", ticks: { show: false } };
  const series = (fill: string): uPlot.Series => ({
    fill,
    width: 0,
    points: { show: false },
    ...(bars && { paths: bars }),
  });
  return {
    width,
    height: HEIGHT,
    cursor: { show: false },
    legend: { show: false },
    scales: {
      x: { range: (_chart, first, last) => [first - HALF_AN_HOUR, last + HALF_AN_HOUR] },
      y: { range: (_chart, _low, high) => [0, Math.max(4, Math.ceil(high * 1.1))] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        values: (_chart, splits) => splits.map((at) => clock.format(at * 1000)),
      },
      {
        ...axis,
        size: 40,
        grid: { stroke: line, width: 1 },
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
      },
    ],
    // Failed ones stand on top: the whole bar is drawn first in their colour.
    series: [{}, series(failed), series(finished)],
  };
};

const dataOf = (hours: readonly Hour[]): uPlot.AlignedData => [
  hours.map(({ startsAt }) => Date.parse(startsAt) / 1000),
  hours.map(({ finished, failed }) => finished + failed),
  hours.map(({ finished }) => finished),
];

type HoursChartProps = { hours: readonly Hour[]; figure: HTMLElement };

/** Songs per hour, drawn; the table beside it says the same. */
const HoursChart = ({ hours, figure }: HoursChartProps) => {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const latest = useRef(hours);
  latest.current = hours;

  useEffect(() => {
    const box = place.current;
    if (!box) return;
    const draw = () => {
      chart.current?.destroy();
      const options = optionsOf(box.clientWidth, coloursOf(figure));
      chart.current = new uPlot(options, dataOf(latest.current), box);
    };
    const observer = new ResizeObserver(draw);
    observer.observe(box);
    const forget = subscribeTheme(draw);
    return () => {
      observer.disconnect();
      forget();
      chart.current?.destroy();
      chart.current = null;
    };
  }, [figure]);

  useEffect(() => chart.current?.setData(dataOf(hours)), [hours]);
  return <div ref={place} style={{ height: HEIGHT }} aria-hidden="true" />;
};

export default HoursChart;
