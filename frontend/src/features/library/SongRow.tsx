import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import { Link } from "wouter";
import { player } from "@/audio/player";
import type { Playable } from "@/audio/playerState";
import { usePlayer } from "@/audio/usePlayer";
import { IconButton } from "@/components/Button";
import { Cover } from "@/components/Cover";
import { Icon } from "@/components/Icon";
import { StatusBadge } from "@/components/StatusBadge";
import { accidentals, ago, clockTime, percent, tempo, titleCase } from "@/lib/format";
import styles from "./SongRow.module.css";
import type { Entry } from "./useLibrary";

type SongRowProps = { entry: Entry; onRename: (title: string) => void; onDelete: () => void };

const playableOf = ({ id, title, song }: Entry): Playable | null => {
  const file = song?.audio.find(({ format }) => format === "MP3") ?? song?.audio[0];
  if (!song || !file) return null;
  const stems = song.tracks.flatMap(({ id, stem }) => (stem ? [{ id, url: stem.url }] : []));
  return { id, title, durationSeconds: file.durationSeconds, url: file.url, stems };
};

export const SongRow = ({ entry, onRename, onDelete }: SongRowProps) => {
  const [renaming, setRenaming] = useState(false);
  const { song } = entry;
  return (
    <li className={styles.row}>
      <Cover
        seed={song?.seed ?? 0}
        energies={song?.sections.map(({ energy }) => energy) ?? []}
        widths={song?.sections.map(({ bars }) => bars) ?? []}
      />
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
      <p className={styles.state}>
        {entry.status === "COMPLETED" && song ? (
          <>
            <span>{clockTime(song.durationSeconds)}</span>
            <small>{ago(entry.createdAt, Date.now())}</small>
          </>
        ) : (
          <>
            <StatusBadge status={entry.status} />
            {entry.status === "RUNNING" && <small>{percent(entry.progress)}</small>}
          </>
        )}
      </p>
      <PlayButton entry={entry} />
      <RowMenu title={entry.title} onRename={() => setRenaming(true)} onDelete={onDelete} />
    </li>
  );
};

const PlayButton = ({ entry }: { entry: Entry }) => {
  const { song, status } = usePlayer();
  const playable = playableOf(entry);
  const playing = song?.id === entry.id && (status === "playing" || status === "loading");
  if (!playable) return <span className={styles.silent} />;
  return (
    <IconButton
      icon={playing ? "pause" : "play"}
      label={`${playing ? "Pause" : "Play"} ${entry.title}`}
      kind="quiet"
      onClick={() => void player.toggle(playable)}
    />
  );
};

const RenameField = ({
  title,
  onEnd,
}: {
  title: string;
  onEnd: (title: string | null) => void;
}) => (
  <input
    className={styles.rename}
    aria-label="New title"
    defaultValue={title}
    maxLength={200}
    ref={(field) => field?.focus()}
    onBlur={(event) => onEnd(event.target.value.trim())}
    onKeyDown={(event) => {
      if (event.key === "Enter") event.currentTarget.blur();
      if (event.key === "Escape") onEnd(null);
    }}
  />
);

type RowMenuProps = { title: string; onRename: () => void; onDelete: () => void };

const RowMenu = ({ title, onRename, onDelete }: RowMenuProps) => (
  <DropdownMenu.Root modal={false}>
    <DropdownMenu.Trigger asChild>
      <IconButton icon="more" label={`More for ${title}`} />
    </DropdownMenu.Trigger>
    <DropdownMenu.Portal>
      <DropdownMenu.Content
        className={styles.menu}
        align="end"
        sideOffset={4}
        onCloseAutoFocus={(event) => event.preventDefault()}
      >
        <DropdownMenu.Item onSelect={onRename}>
          <Icon name="pencil" size={18} /> Rename
        </DropdownMenu.Item>
        <DropdownMenu.Item onSelect={onDelete}>
          <Icon name="trash" size={18} /> Delete
        </DropdownMenu.Item>
      </DropdownMenu.Content>
    </DropdownMenu.Portal>
  </DropdownMenu.Root>
);
