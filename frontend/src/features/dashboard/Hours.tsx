import { lazy, Suspense, useState } from "react";
import styles from "./Hours.module.css";
import type { Hour } from "./useDashboard";

const HoursChart = lazy(() => import("./HoursChart"));

const clock = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hour12: false });
const timeOf = ({ startsAt }: Hour): string => clock.format(Date.parse(startsAt));

/** How many songs each of the last hours made: a picture, and a table for who cannot see it. */
export const Hours = ({ hours }: { hours: readonly Hour[] }) => {
  const [figure, setFigure] = useState<HTMLElement | null>(null);
  const eventful = hours.filter(({ finished, failed }) => finished + failed > 0);
  if (eventful.length === 0) return null;
  const sum = eventful.reduce((total, { finished }) => total + finished, 0);
  return (
    <section aria-labelledby="hours-title">
      <h2 id="hours-title">Songs per hour</h2>
      <figure className={styles.figure} ref={setFigure}>
        <figcaption className={styles.legend}>
          <span>{sum} in the last day</span>
          <span>
            <i data-series="finished" /> Finished
          </span>
          <span>
            <i data-series="failed" /> Failed
          </span>
        </figcaption>
        <Suspense fallback={<div className={styles.waiting} />}>
          {figure && <HoursChart hours={hours} figure={figure} />}
        </Suspense>
      </figure>
      <details className={styles.table}>
        <summary>As a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Hour</th>
              <th scope="col">Finished</th>
              <th scope="col">Failed</th>
            </tr>
          </thead>
          <tbody>
            {eventful.map((hour) => (
              <tr key={hour.startsAt}>
                <th scope="row">{timeOf(hour)}</th>
                <td>{hour.finished}</td>
                <td>{hour.failed}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
};
