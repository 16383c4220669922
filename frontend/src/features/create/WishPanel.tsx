import { type Dispatch, type ReactNode, useState } from "react";
import { Button } from "@/components/Button";
import { Choice } from "@/components/Choice";
import { Icon } from "@/components/Icon";
import { Slider } from "@/components/Slider";
import { clockTime, percent, titleCase } from "@/lib/format";
import { GenreCards } from "./GenreCards";
import { InstrumentPicker } from "./InstrumentPicker";
import { LyricsField } from "./LyricsField";
import { useStyles } from "./useStyles";
import styles from "./WishPanel.module.css";
import { tappedTempo, type WishAction, type Wishes } from "./wishes";

const OPEN = "open";
const TONICS = ["C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B"];
const MODES = ["major", "minor", "dorian", "mixolydian"];
const METRES = ["4/4", "3/4", "6/8", "12/8", "2/4", "5/4", "7/8"];
const MOODS = ["happy", "calm", "melancholic", "romantic", "dark", "epic", "dreamy", "energetic"];

const choices = (words: readonly string[], open: string) => [
  { value: OPEN, label: open },
  ...words.map((word) => ({ value: word, label: titleCase(word) })),
];
const closed = (value: string) => (value === OPEN ? "" : value);

type WishPanelProps = { wishes: Wishes; dispatch: Dispatch<WishAction>; field: string | null };

/** Everything that can be fixed beforehand; each control can be left open. */
export const WishPanel = ({ wishes, dispatch, field }: WishPanelProps) => {
  const catalogue = useStyles();
  const set = (change: Partial<Wishes>) => dispatch({ type: "set", change });
  return (
    <div className={styles.panel}>
      <GenreCards
        catalogue={catalogue}
        chosen={wishes.genre}
        onChoose={(genre) => set({ genre })}
      />
      <div className={styles.grid}>
        <Field name="Mood">
          <Choice
            label="Mood"
            value={wishes.mood || OPEN}
            options={choices(MOODS, "From the words")}
            onChange={(mood) => set({ mood: closed(mood) })}
          />
        </Field>
        <Field name="Key">
          <Choice
            label="Key"
            value={wishes.key || OPEN}
            options={choices(
              TONICS.flatMap((tonic) => MODES.map((mode) => `${tonic} ${mode}`)),
              "Any key",
            )}
            onChange={(key) => set({ key: closed(key) })}
          />
        </Field>
        <Field name="Metre">
          <Choice
            label="Metre"
            value={wishes.timeSignature || OPEN}
            options={choices(METRES, "From the style")}
            onChange={(metre) => set({ timeSignature: closed(metre) })}
          />
        </Field>
        <Field name="Tempo, BPM" wrong={field === "style.tempoBpm"}>
          <TempoField value={wishes.tempoBpm} onChange={(tempoBpm) => set({ tempoBpm })} />
        </Field>
        <Field
          name="Energy"
          value={wishes.energy === null ? "open" : percent(wishes.energy)}
          onLeave={wishes.energy === null ? null : () => set({ energy: null })}
        >
          <Slider
            label="Energy"
            open={wishes.energy === null}
            value={wishes.energy ?? 0.5}
            min={0}
            max={1}
            step={0.05}
            valueText={wishes.energy === null ? "left open" : percent(wishes.energy)}
            onChange={(energy) => set({ energy })}
          />
        </Field>
        <Field
          name="Length"
          value={wishes.durationSeconds === null ? "open" : clockTime(wishes.durationSeconds)}
          onLeave={wishes.durationSeconds === null ? null : () => set({ durationSeconds: null })}
        >
          <Slider
            label="Length"
            open={wishes.durationSeconds === null}
            value={wishes.durationSeconds ?? 150}
            min={10}
            max={600}
            step={5}
            valueText={
              wishes.durationSeconds === null ? "left open" : clockTime(wishes.durationSeconds)
            }
            onChange={(durationSeconds) => set({ durationSeconds })}
          />
        </Field>
      </div>
      <InstrumentPicker catalogue={catalogue} wishes={wishes} onChange={set} />
      <LyricsField wishes={wishes} onChange={set} />
      <div className={styles.last}>
        <Field name="Seed: the same one makes the same song" wrong={field === "seed"}>
          <input
            aria-label="Seed"
            inputMode="numeric"
            value={wishes.seed}
            placeholder="any"
            onChange={(event) => set({ seed: event.target.value.replace(/\D/g, "") })}
          />
        </Field>
        <Button kind="plain" onClick={() => dispatch({ type: "clear" })}>
          Clear all
        </Button>
      </div>
    </div>
  );
};

type FieldProps = {
  name: string;
  value?: string;
  /** Leaves it open again; null while it is. */
  onLeave?: (() => void) | null;
  wrong?: boolean;
  children: ReactNode;
};

const Field = ({ name, value, onLeave = null, wrong, children }: FieldProps) => (
  <div className={styles.field} data-wrong={wrong || undefined}>
    <div className={styles.label}>
      <span aria-hidden="true">{name}</span>
      {value && <output aria-hidden="true">{value}</output>}
      {onLeave && (
        <button type="button" aria-label={`Leave ${name.toLowerCase()} open`} onClick={onLeave}>
          <Icon name="cross" size={14} />
        </button>
      )}
    </div>
    {children}
  </div>
);

const TempoField = ({ value, onChange }: { value: string; onChange: (value: string) => void }) => {
  const [taps, setTaps] = useState<readonly number[]>([]);
  const tap = (now: number) => {
    const kept = now - (taps.at(-1) ?? 0) > 2_000 ? [now] : [...taps, now];
    setTaps(kept);
    const bpm = tappedTempo(kept);
    if (bpm !== null) onChange(String(bpm));
  };
  return (
    <div className={styles.tempo}>
      <input
        aria-label="Tempo in beats per minute"
        inputMode="decimal"
        value={value}
        placeholder="40 to 240"
        onChange={(event) => onChange(event.target.value.replace(/[^\d.]/g, ""))}
      />
      <Button onClick={(event) => tap(event.timeStamp)}>Tap</Button>
    </div>
  );
};
