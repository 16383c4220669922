import { Choice } from "@/components/Choice";
import styles from "./WishPanel.module.css";
import type { Singing, Wishes } from "./wishes";

const WAYS: readonly { value: Singing; label: string }[] = [
  { value: "open", label: "As the sentence says" },
  { value: "theme", label: "Written on a theme" },
  { value: "text", label: "My own words" },
  { value: "none", label: "Instrumental" },
];
const isSinging = (word: string): word is Singing => WAYS.some(({ value }) => value === word);

type LyricsFieldProps = { wishes: Wishes; onChange: (change: Partial<Wishes>) => void };

/** Whether there are words, and which. */
export const LyricsField = ({ wishes, onChange }: LyricsFieldProps) => (
  <div className={styles.field}>
    <span className={styles.label} aria-hidden="true">
      Lyrics
    </span>
    <div className={styles.singing}>
      <Choice
        label="Lyrics"
        value={wishes.singing}
        options={WAYS}
        onChange={(singing) => isSinging(singing) && onChange({ singing })}
      />
      {wishes.singing === "theme" && (
        <input
          aria-label="Theme of the lyrics"
          value={wishes.theme}
          maxLength={2_000}
          placeholder="What they are about, such as leaving home by train"
          onChange={(event) => onChange({ theme: event.target.value })}
        />
      )}
      {wishes.singing === "text" && (
        <textarea
          aria-label="Words of the song"
          rows={5}
          value={wishes.lyrics}
          placeholder={"[Verse]\nKept word for word, line by line"}
          onChange={(event) => onChange({ lyrics: event.target.value })}
        />
      )}
    </div>
  </div>
);
