import type { ReactNode } from "react";
import styles from "@/components/Chip.module.css";

/** A small fact about a song. */
export const Chip = ({ label, children }: { label?: string; children: ReactNode }) => (
  <li className={styles.chip}>
    {label && <span className="sr-only">{label}: </span>}
    {children}
  </li>
);

export const ChipList = ({ label, children }: { label: string; children: ReactNode }) => (
  <ul className={styles.list} aria-label={label}>
    {children}
  </ul>
);
