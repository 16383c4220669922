import { titleCase } from "@/lib/format";
import styles from "./WishPanel.module.css";
import type { Wishes } from "./wishes";

type Wish = "with" | "without" | null;

type InstrumentPickerProps = {
  instruments: readonly string[];
  wishes: Wishes;
  onChange: (change: Partial<Wishes>) => void;
};

const NEXT: Record<"with" | "without" | "open", Wish> = {
  open: "with",
  with: "without",
  without: null,
};
const SPOKEN = { with: "must play", without: "must not play", open: "left open" } as const;

/** Each press goes one further: must play, must not play, left open. */
export const InstrumentPicker = ({ instruments, wishes, onChange }: InstrumentPickerProps) => {
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
        {instruments.map((name) => (
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
      </ul>
    </div>
  );
};
