import { type RefObject, useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { subscribeTheme } from "@/lib/theme";

export type Drawing = {
  readonly options: (width: number, height: number) => uPlot.Options;
  readonly data: () => uPlot.AlignedData;
};

/**
 * A chart that fills its place, drawn anew with another size, theme or `cause`.
 *
 * Whoever uses it is loaded when a chart is on the page: the library is not for the first page.
 */
export const usePlot = (
  drawing: Drawing,
  cause: unknown,
): readonly [RefObject<HTMLDivElement | null>, RefObject<uPlot | null>] => {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const latest = useRef(drawing);
  latest.current = drawing;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the cause is what has to be drawn anew
  useEffect(() => {
    const box = place.current;
    if (!box) return;
    const draw = () => {
      chart.current?.destroy();
      const { options, data } = latest.current;
      chart.current = new uPlot(options(box.clientWidth, box.clientHeight), data(), box);
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
  }, [cause]);
  return [place, chart];
};
