import { Chip, ChipList } from "@/components/Chip";
import { Icon } from "@/components/Icon";
import { titleCase } from "@/lib/format";
import { saidOnce } from "./saidOnce";
import styles from "./Understood.module.css";
import { useUnderstanding } from "./useUnderstanding";

/** The sentence as the composer reads it, while it is written, and what it cannot do. */
export const Understood = ({ prompt }: { prompt: string }) => {
  const understood = useUnderstanding(prompt);
  return (
    <div className={styles.understood} aria-live="polite">
      {understood && understood.facets.length > 0 && (
        <ChipList label="Understood so far">
          {saidOnce(understood.facets).map(({ name, label }) => (
            <Chip key={`${name} ${label}`} label={titleCase(name)}>
              {label}
            </Chip>
          ))}
        </ChipList>
      )}
      {understood && understood.notes.length > 0 && (
        <ul className={styles.notes} aria-label="Worth knowing">
          {understood.notes.map((note) => (
            <li key={note}>
              <Icon name="note" size={16} /> {note}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};
