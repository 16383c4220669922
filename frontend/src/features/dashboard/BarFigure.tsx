import { lazy, Suspense, useState } from "react";
import { Link, useLocation } from "wouter";
import styles from "./BarFigure.module.css";

const StackedBars = lazy(() => import("./StackedBars"));

export type Series = {
  readonly name: string;
  readonly label: string;
  /** What it comes to, such as a median. */
  readonly value?: string;
};

export type Bar = {
  readonly key: string;
  /** Below the bar, where there is room. */
  readonly mark: string;
  readonly label: string;
  /** What it leads to. */
  readonly href?: string;
  /** One for each series, from the bottom up. */
  readonly heights: readonly number[];
};

type BarFigureProps = {
  /** What one bar is, for the head of the table. */
  what: string;
  series: readonly Series[];
  bars: readonly Bar[];
  unit?: string;
  /** Digits behind the point. */
  digits?: number;
};

/** A picture of stacked bars with its legend, and a table for who cannot see it. */
export const BarFigure = ({ what, series, bars, unit = "", digits = 0 }: BarFigureProps) => {
  const [figure, setFigure] = useState<HTMLElement | null>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const [, navigate] = useLocation();
  const said = (height: number) => `${height.toFixed(digits)}${unit}`;
  const bar = pointed === null ? undefined : bars[pointed];
  const leads = bar?.href !== undefined;
  return (
    <>
      <figure className={styles.figure} ref={setFigure} data-leads={leads || undefined}>
        <figcaption className={styles.legend}>
          {series.map(({ name, label, value }) => (
            <span key={name}>
              <i data-series={name} /> {label} {value && <strong>{value}</strong>}
            </span>
          ))}
        </figcaption>
        <Suspense fallback={<div className={styles.canvas} />}>
          {figure && (
            <StackedBars
              series={series}
              bars={bars}
              unit={unit}
              figure={figure}
              onPoint={setPointed}
              onChoose={(chosen) => {
                const href = bars[chosen]?.href;
                if (href) navigate(href);
              }}
            />
          )}
        </Suspense>
        <p className={styles.pointed} aria-hidden="true">
          {bar && `${bar.label}: ${wordsOf(bar, series, said)}`}
        </p>
      </figure>
      <BarTable what={what} series={series} bars={bars} said={said} />
    </>
  );
};

const wordsOf = (bar: Bar, series: readonly Series[], said: (height: number) => string): string =>
  series.map(({ label }, at) => `${label.toLowerCase()} ${said(bar.heights[at] ?? 0)}`).join(", ");

type BarTableProps = Pick<BarFigureProps, "what" | "series" | "bars"> & {
  said: (height: number) => string;
};

const BarTable = ({ what, series, bars, said }: BarTableProps) => (
  <details className={styles.table}>
    <summary>As a table</summary>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys */}
    <section className={styles.scroll} aria-label={`${what}, as a table`} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{what}</th>
            {series.map(({ name, label }) => (
              <th key={name} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bars
            .filter(({ heights }) => heights.some((height) => height > 0))
            .map(({ key, label, href, heights }) => (
              <tr key={key}>
                <th scope="row">{href ? <Link href={href}>{label}</Link> : label}</th>
                {series.map(({ name }, at) => (
                  <td key={name}>{said(heights[at] ?? 0)}</td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  </details>
);
