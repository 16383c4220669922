import { Chip, ChipList } from "@/components/Chip";
import { titleCase } from "@/lib/format";
import styles from "./CreatePage.module.css";
import { useUnderstanding } from "./useUnderstanding";

/** The sentence as the composer reads it, while it is written. */
export const Understood = ({ prompt }: { prompt: string }) => {
  const understood = useUnderstanding(prompt);
  return (
    <div className={styles.understood} aria-live="polite">
      {understood && understood.facets.length > 0 && (
        <ChipList label="Understood so far">
          {understood.facets.map(({ name, label }) => (
            <Chip key={`${name} ${label}`} label={titleCase(name)}>
              {label}
            </Chip>
          ))}
        </ChipList>
      )}
      {understood?.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  );
};
