import { Choice } from "@/components/Choice";
import { TextField } from "@/components/TextField";
import styles from "./editForms.module.css";
import { isSinging, type Revision, type Singing } from "./revision";

const WAYS: readonly { value: Singing; label: string }[] = [
  { value: "asItIs", label: "As they are" },
  { value: "theme", label: "Written on a theme" },
  { value: "text", label: "My own words" },
  { value: "none", label: "None, instrumental" },
];

type LyricsRevisionProps = {
  revision: Revision;
  /** What a field is bound by: its value, what is wrong with it, how it changes. */
  bind: (name: "singing" | "theme" | "text") => {
    value: string;
    problem: string | null;
    onChange: (value: string) => void;
  };
};

/** Whether there are other words, and which. */
export const LyricsRevision = ({ revision, bind }: LyricsRevisionProps) => {
  const singing = bind("singing");
  return (
    <div className={styles.form}>
      <div className={styles.choice}>
        <span className={styles.label} aria-hidden="true">
          Lyrics
        </span>
        <Choice
          label="Lyrics"
          value={revision.singing}
          options={WAYS}
          onChange={(value) => isSinging(value) && singing.onChange(value)}
        />
        {singing.problem && <p role="alert">{singing.problem}</p>}
      </div>
      {revision.singing === "theme" && (
        <TextField
          label="What they are about"
          placeholder="such as leaving home by train"
          maxLength={2_000}
          {...bind("theme")}
        />
      )}
      {revision.singing === "text" && (
        <TextField label="Words, kept line by line" lines={5} {...bind("text")} />
      )}
    </div>
  );
};
