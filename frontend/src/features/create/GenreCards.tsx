import { energyStyle } from "@/lib/energy";
import type { Style } from "./useStyles";
import styles from "./WishPanel.module.css";

type GenreCardsProps = {
  catalogue: readonly Style[];
  chosen: string | null;
  onChoose: (id: string | null) => void;
};

/** Slow styles are blue, fast ones amber: the colour is the style's own tempo. */
const pace = (style: Style): number => (style.tempoBpm.typical - 60) / 115;

/** What tells it from the others; nearly all have drums. */
const coloursOf = ({ instruments }: Style): string =>
  instruments
    .filter((name) => name !== "drum_kit" && name !== "drum kit")
    .slice(0, 2)
    .map((name) => name.replaceAll("_", " "))
    .join(", ");

export const GenreCards = ({ catalogue, chosen, onChoose }: GenreCardsProps) => (
  <div className={styles.field}>
    <div className={styles.label} aria-hidden="true">
      <span>Genre, one of {catalogue.length}</span>
      <output>{catalogue.find(({ id }) => id === chosen)?.name ?? "open"}</output>
    </div>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys */}
    <section className={styles.genres} aria-label="Genre" tabIndex={0}>
      {catalogue.map((style) => (
        <button
          key={style.id}
          type="button"
          className={styles.genre}
          aria-pressed={chosen === style.id}
          style={energyStyle(pace(style))}
          onClick={() => onChoose(chosen === style.id ? null : style.id)}
        >
          <strong>{style.name}</strong>
          <small>
            {Math.round(style.tempoBpm.low)}–{Math.round(style.tempoBpm.high)} BPM ·{" "}
            {style.timeSignatures[0]}
          </small>
          <small>{coloursOf(style)}</small>
        </button>
      ))}
    </section>
  </div>
);
