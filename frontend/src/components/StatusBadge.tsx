import styles from "@/components/StatusBadge.module.css";
import type { ProjectStatus } from "@/gql/graphql";

const WORDS: Record<ProjectStatus, string> = {
  QUEUED: "Waiting",
  RUNNING: "Being made",
  COMPLETED: "Finished",
  FAILED: "Failed",
  CANCELLED: "Cancelled",
};

export const StatusBadge = ({ status }: { status: ProjectStatus }) => (
  <span className={styles.badge} data-status={status}>
    {WORDS[status]}
  </span>
);
