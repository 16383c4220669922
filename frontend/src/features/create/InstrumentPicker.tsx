import { useState } from "react";
import { titleCase } from "@/lib/format";
import { instrumentsOf } from "./instruments";
import type { Style } from "./useStyles";
import styles from "./WishPanel.module.css";
import type { Wishes } from "./wishes";

type Wish = "with" | "without" | null;

type InstrumentPickerProps = {
  catalogue: readonly Style[];
  wishes: Wishes;
  onChange: (change: Partial<Wishes>) => void;
};

const NEXT: Record<"with" | "without" | "open", Wish> = {
  open: "with",
  with: "without",
  without: null,
};
/** As many are shown before all are asked for. */
const FEW = 18;
const SPOKEN = { with: "must play", without: "must not play", open: "left open" } as const;

/** Each press goes one further: must play, must not play, left open. */
export const InstrumentPicker = ({ catalogue, wishes, onChange }: InstrumentPickerProps) => {
  const [all, setAll] = useState(false);
  const usual = instrumentsOf(catalogue, wishes.genre);
  const wished = [...wishes.instruments, ...wishes.withoutInstruments];
  const shown = all ? usual : usual.filter((name, place) => place < FEW || wished.includes(name));
  const wishFor = (name: string): Wish => {
    if (wishes.instruments.includes(name)) return "with";
    return wishes.withoutInstruments.includes(name) ? "without" : null;
  };
  const press = (name: string) => {
    const next = NEXT[wishFor(name) ?? "open"];
    const others = (names: readonly string[]) => names.filter((other) => other !== name);
    onChange({
      instruments: [...others(wishes.instruments), ...(next === "with" ? [name] : [])],
      withoutInstruments: [
        ...others(wishes.withoutInstruments),
        ...(next === "without" ? [name] : []),
      ],
    });
  };
  return (
    <div className={styles.field}>
      <span className={styles.label}>Instruments: press once for “with”, twice for “without”</span>
      <ul className={styles.instruments}>
        {shown.map((name) => (
          <li key={name}>
            <button
              type="button"
              data-wish={wishFor(name) ?? undefined}
              aria-label={`${titleCase(name)}: ${SPOKEN[wishFor(name) ?? "open"]}`}
              onClick={() => press(name)}
            >
              {titleCase(name)}
            </button>
          </li>
        ))}
        {!all && usual.length > shown.length && (
          <li>
            <button type="button" data-more onClick={() => setAll(true)}>
              All {usual.length} instruments
            </button>
          </li>
        )}
      </ul>
    </div>
  );
};
