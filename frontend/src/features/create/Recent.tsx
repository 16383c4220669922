import { Link } from "wouter";
import { Cover } from "@/components/Cover";
import { PlayButton } from "@/components/PlayButton";
import { StatusBadge } from "@/components/StatusBadge";
import { ago } from "@/lib/format";
import styles from "./Recent.module.css";
import { useRecent } from "./useRecent";

/** The last songs, to go back to. */
export const Recent = () => {
  const projects = useRecent();
  if (projects.length === 0) return null;
  return (
    <section className={styles.recent} aria-labelledby="recent-title">
      <header>
        <h2 id="recent-title">Made lately</h2>
        <Link href="/library">All songs</Link>
      </header>
      <ul>
        {projects.map((project) => (
          <li key={project.id}>
            <Link href={`/songs/${project.id}`}>
              <Cover size="large" song={project.song ?? null} />
              <strong>{project.title}</strong>
            </Link>
            <small>
              {project.status === "COMPLETED" ? (
                ago(project.createdAt, Date.now())
              ) : (
                <StatusBadge status={project.status} />
              )}
            </small>
            <div className={styles.play}>
              <PlayButton project={project} among={projects} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
};
