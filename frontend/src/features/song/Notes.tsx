import styles from "./Aside.module.css";

/** What the composer understood and decided, in sentences. */
export const Notes = ({ notes }: { notes: readonly string[] }) => (
  <section aria-labelledby="notes-title">
    <h2 id="notes-title">How it was understood</h2>
    <ul className={styles.notes}>
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  </section>
);
