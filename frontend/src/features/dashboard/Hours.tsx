import { timeOfDay } from "@/lib/format";
import { type Bar, BarFigure, type Series } from "./BarFigure";
import type { Hour } from "./useDashboard";

const SERIES: readonly Series[] = [
  { name: "finished", label: "Finished" },
  { name: "failed", label: "Failed" },
];

const barOf = ({ startsAt, finished, failed }: Hour): Bar => {
  const time = timeOfDay(startsAt);
  return { key: startsAt, mark: time, label: time, heights: [finished, failed] };
};

/** How many songs each of the last hours made. */
export const Hours = ({ hours }: { hours: readonly Hour[] }) => {
  const finished = hours.reduce((sum, hour) => sum + hour.finished, 0);
  const failed = hours.reduce((sum, hour) => sum + hour.failed, 0);
  if (finished + failed === 0) return null;
  return (
    <section aria-labelledby="hours-title">
      <h2 id="hours-title">Songs per hour</h2>
      <p>{finished} in the last day.</p>
      <BarFigure what="Hour" series={SERIES} bars={hours.map(barOf)} />
    </section>
  );
};
