import { useState } from "react";
import { Button } from "@/components/Button";
import { Choice } from "@/components/Choice";
import { Modal } from "@/components/Modal";
import { Slider } from "@/components/Slider";
import { TextField } from "@/components/TextField";
import { accidentals, clockTime, percent, tempo, titleCase } from "@/lib/format";
import styles from "./editForms.module.css";
import { LyricsRevision } from "./LyricsRevision";
import { FIELDS, isEmpty, NO_REVISION, type Revision, revisionInput, unreadable } from "./revision";
import type { Song } from "./song";
import type { Edits, Refusal } from "./useEdits";
import { useGenres } from "./useGenres";

const AS_IS = "as it is";

type ReviseDialogProps = {
  takeId: string;
  song: Song;
  revise: Edits["revise"];
  onClose: () => void;
};

/** The same song asked for otherwise; what is left empty stays. */
export const ReviseDialog = ({ takeId, song, revise, onClose }: ReviseDialogProps) => {
  const [revision, setRevision] = useState(NO_REVISION);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const wrong = unreadable(revision);
  const place = refusal?.field ? FIELDS[refusal.field.replace(/\[.*|\.\d+$/, "")] : undefined;
  const problem = (name: keyof Revision) =>
    wrong[name] ?? (place === name ? (refusal?.message ?? null) : null);
  const bind = (name: keyof Revision) => ({
    value: revision[name],
    problem: problem(name),
    onChange: (value: string) => {
      setRevision((before) => ({ ...before, [name]: value }));
      if (place === name) setRefusal(null);
    },
  });
  const send = async () => {
    const said = await revise(revisionInput(takeId, revision));
    setRefusal(said);
    if (!said) onClose();
  };
  return (
    <Modal
      open
      title="Change the request"
      about="What you leave empty stays as it is. The song is made again as a new take."
      onOpenChange={(open) => !open && onClose()}
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isEmpty(revision) && Object.keys(wrong).length === 0) void send();
        }}
      >
        <TextField label="In words" lines={2} {...bind("prompt")} />
        <div className={styles.pair}>
          <GenreChoice {...bind("genre")} now={song.genre} />
          <TextField label="Mood" placeholder={song.mood ?? "open"} {...bind("mood")} />
          <TextField label="Tempo, BPM" placeholder={tempo(song.tempoBpm)} {...bind("tempo")} />
          <TextField label="Key" placeholder={accidentals(song.key)} {...bind("key")} />
          <TextField label="Metre" placeholder={song.timeSignature} {...bind("metre")} />
          <TextField
            label="Length"
            placeholder={clockTime(song.durationSeconds)}
            {...bind("length")}
          />
        </div>
        <EnergyChoice {...bind("energy")} now={song.energy} />
        <TextField
          label="Instruments that must play"
          placeholder="as it is; such as piano, strings"
          {...bind("instruments")}
        />
        <TextField
          label="Instruments that must not play"
          placeholder="as it is; such as drums"
          {...bind("without")}
        />
        <LyricsRevision revision={revision} bind={bind} />
        <TextField label="Seed" inputMode="numeric" placeholder="the same" {...bind("seed")} />
        {refusal && !place && <p role="alert">{refusal.message}</p>}
        <div className={styles.end}>
          <Button type="submit" kind="primary" icon="sparkle" disabled={isEmpty(revision)}>
            Make a new take
          </Button>
        </div>
      </form>
    </Modal>
  );
};

type ChoiceOf<Now> = {
  value: string;
  now: Now;
  problem: string | null;
  onChange: (value: string) => void;
};

const EnergyChoice = ({ value, now, problem, onChange }: ChoiceOf<number>) => (
  <div className={styles.choice}>
    <span className={styles.label} aria-hidden="true">
      Energy
      <output>{value ? percent(Number(value)) : `${percent(now)}, as it is`}</output>
    </span>
    <Slider
      label="Energy"
      value={value ? Number(value) : now}
      min={0}
      max={1}
      step={0.05}
      valueText={value ? percent(Number(value)) : `${percent(now)}, as it is`}
      onChange={(energy) => onChange(energy.toFixed(2))}
    />
    {problem && <p role="alert">{problem}</p>}
  </div>
);

const GenreChoice = ({ value, now, problem, onChange }: ChoiceOf<string>) => {
  const genres = useGenres();
  return (
    <div className={styles.choice}>
      <span className={styles.label} aria-hidden="true">
        Genre
      </span>
      <Choice
        label="Genre"
        value={value || AS_IS}
        options={[{ value: AS_IS, label: titleCase(now) }, ...genres]}
        onChange={(chosen) => onChange(chosen === AS_IS ? "" : chosen)}
      />
      {problem && <p role="alert">{problem}</p>}
    </div>
  );
};
