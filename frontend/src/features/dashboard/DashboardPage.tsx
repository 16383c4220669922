import { useEffect } from "react";
import { Link } from "wouter";
import { Notice, Skeleton } from "@/components/Notice";
import { percent } from "@/lib/format";
import styles from "./DashboardPage.module.css";
import { Hours } from "./Hours";
import { Lately } from "./Lately";
import { whatItIsAt } from "./prospect";
import { type Overview, useDashboard } from "./useDashboard";
import { Workers } from "./Workers";

const COUNTS = [
  ["running", "Being made"],
  ["queued", "Waiting"],
  ["completed", "Finished"],
  ["failed", "Failed"],
  ["cancelled", "Cancelled"],
] as const;

/** What is going on right now, live. */
export const DashboardPage = () => {
  const { overview, connection } = useDashboard();
  useEffect(() => {
    document.title = "Dashboard · AI Music Studio";
  }, []);
  return (
    <div className={styles.page}>
      <header>
        <h1>Right now</h1>
        <Standing overview={overview} reconnecting={connection === "reconnecting"} />
      </header>
      {overview ? (
        <Live overview={overview} />
      ) : (
        <Skeleton lines={3} label="Loading the dashboard" />
      )}
    </div>
  );
};

const Live = ({ overview }: { overview: Overview }) => (
  <>
    <dl className={styles.counts}>
      {COUNTS.map(([field, name]) => (
        <div key={field} data-field={field}>
          <dt>{name}</dt>
          <dd>{overview.counts[field]}</dd>
        </div>
      ))}
    </dl>
    <section aria-labelledby="running-title">
      <h2 id="running-title">Being made</h2>
      {overview.running.length === 0 ? (
        <Quiet first={overview.counts.completed === 0} />
      ) : (
        <ul className={styles.running}>
          {overview.running.map((project) => (
            <li key={project.id} style={{ "--progress": project.progress }}>
              <Link href={`/songs/${project.id}`}>{project.title}</Link>
              <span>{whatItIsAt(project)}</span>
              <strong>{percent(project.progress)}</strong>
            </li>
          ))}
        </ul>
      )}
    </section>
    {overview.workers.length > 0 && <Workers workers={overview.workers} />}
    <Hours hours={overview.hours} />
    <Lately over={overview.counts.completed + overview.counts.failed} />
  </>
);

type StandingProps = { overview: Overview | null; reconnecting: boolean };

/** Whether what is shown is live, and whether anybody is there to make songs. */
const Standing = ({ overview, reconnecting }: StandingProps) => {
  if (reconnecting || !overview) {
    return <p role="status">{reconnecting ? "Connection lost; reconnecting…" : " "}</p>;
  }
  const alive = overview.workerAlive;
  return (
    <p role="status" className={styles.worker} data-alive={alive}>
      {alive
        ? whoIsThere(overview.workers.length)
        : "No worker is running, so songs wait. Whoever runs this server can start one: python -m backend worker"}
    </p>
  );
};

/** A worker of an earlier version makes songs without telling of itself. */
const whoIsThere = (workers: number): string =>
  workers > 1 ? `${workers} workers are there to make songs.` : "A worker is there to make songs.";

/** Nothing is being made: with much room where there is nothing else, in a line where there is. */
const Quiet = ({ first }: { first: boolean }) =>
  first ? (
    <Notice title="All quiet" action={<Link href="/">Make a song</Link>}>
      Songs that are being made appear here, with what they are at.
    </Notice>
  ) : (
    <p className={styles.quiet}>
      All quiet. <Link href="/">Make a song</Link>
    </p>
  );
