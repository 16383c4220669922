import type { ReactNode } from "react";
import styles from "@/components/Notice.module.css";

type NoticeProps = {
  title: string;
  children?: ReactNode;
  tone?: "calm" | "bad";
  action?: ReactNode;
  /** Whether it is all there is on the page. */
  alone?: boolean;
};

/** What stands where content would: nothing yet, or something went wrong and what to do. */
export const Notice = ({ title, children, tone = "calm", action, alone }: NoticeProps) => (
  <div className={styles.notice} role={tone === "bad" ? "alert" : undefined} data-tone={tone}>
    <div className={styles.bars} aria-hidden="true">
      {[0.3, 0.55, 0.4, 0.8, 0.6, 1, 0.45].map((height) => (
        <span key={height} style={{ "--height": height }} />
      ))}
    </div>
    {alone ? <h1>{title}</h1> : <h2>{title}</h2>}
    {children && <p>{children}</p>}
    {action}
  </div>
);

export const Skeleton = ({ lines = 3, label = "Loading" }: { lines?: number; label?: string }) => (
  <div className={styles.skeleton} role="status" aria-label={label}>
    {Array.from({ length: lines }, (_, line) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike and never move
      <span key={line} />
    ))}
  </div>
);
