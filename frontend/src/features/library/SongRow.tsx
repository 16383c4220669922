import { useState } from "react";
import { Link } from "wouter";
import { Cover } from "@/components/Cover";
import { PlayButton } from "@/components/PlayButton";
import { StatusBadge } from "@/components/StatusBadge";
import { accidentals, ago, clockTime, percent, tempo, titleCase } from "@/lib/format";
import { SongMenu } from "./SongMenu";
import styles from "./SongRow.module.css";
import type { Layout } from "./useLayout";
import type { Entry } from "./useLibrary";

type SongRowProps = {
  entry: Entry;
  /** The songs that it stands among. */
  among: readonly Entry[];
  layout: Layout;
  /** Whether it is among the chosen; null while nothing is being chosen. */
  chosen: boolean | null;
  onChoose: (chosen: boolean) => void;
  onRename: (title: string) => void;
  onDelete: () => void;
};

/** One song, as a line of the list or a card of the grid. */
export const SongRow = ({
  entry,
  among,
  layout,
  chosen,
  onChoose,
  onRename,
  onDelete,
}: SongRowProps) => {
  const [renaming, setRenaming] = useState(false);
  const { song } = entry;
  return (
    <li className={styles[layout]} data-chosen={chosen || undefined}>
      {chosen !== null && (
        <input
          type="checkbox"
          className={styles.choose}
          aria-label={`Choose ${entry.title}`}
          checked={chosen}
          onChange={(event) => onChoose(event.target.checked)}
        />
      )}
      <Link href={`/songs/${entry.id}`} className={styles.cover} tabIndex={-1} aria-hidden="true">
        <Cover size={layout === "grid" ? "large" : "small"} song={song ?? null} />
      </Link>
      <div className={styles.words}>
        {renaming ? (
          <RenameField
            title={entry.title}
            onEnd={(title) => {
              setRenaming(false);
              if (title && title !== entry.title) onRename(title);
            }}
          />
        ) : (
          <Link href={`/songs/${entry.id}`} className={styles.title}>
            {entry.title}
          </Link>
        )}
        <p>{entry.prompt}</p>
      </div>
      <p className={styles.facts}>
        {song && (
          <>
            <span>{titleCase(song.genre)}</span>
            <span>{tempo(song.tempoBpm)}</span>
            <span>{accidentals(song.key)}</span>
          </>
        )}
      </p>
      <State entry={entry} />
      <div className={styles.play}>
        <PlayButton project={entry} among={among} />
      </div>
      <SongMenu title={entry.title} onRename={() => setRenaming(true)} onDelete={onDelete} />
    </li>
  );
};

const State = ({ entry }: { entry: Entry }) => (
  <p className={styles.state}>
    {entry.status === "COMPLETED" && entry.song ? (
      <>
        <span>{clockTime(entry.song.durationSeconds)}</span>
        <small>{ago(entry.createdAt, Date.now())}</small>
      </>
    ) : (
      <>
        <StatusBadge status={entry.status} />
        {entry.status === "RUNNING" && <small>{percent(entry.progress)}</small>}
      </>
    )}
  </p>
);

type RenameFieldProps = { title: string; onEnd: (title: string | null) => void };

const RenameField = ({ title, onEnd }: RenameFieldProps) => (
  <input
    className={styles.rename}
    aria-label="New title"
    defaultValue={title}
    maxLength={120}
    ref={(field) => field?.focus()}
    onBlur={(event) => onEnd(event.target.value.trim())}
    onKeyDown={(event) => {
      if (event.key === "Enter") event.currentTarget.blur();
      if (event.key === "Escape") onEnd(null);
    }}
  />
);
