import { player } from "@/audio/player";
import type { Playable } from "@/audio/playerState";
import { usePlayer } from "@/audio/usePlayer";
import { IconButton } from "@/components/Button";
import { Menu, MenuItem } from "@/components/Menu";
import styles from "./SongRow.module.css";
import type { Entry } from "./useLibrary";

const playableOf = ({ id, title, song }: Entry): Playable | null => {
  const file = song?.audio.find(({ format }) => format === "MP3") ?? song?.audio[0];
  if (!song || !file) return null;
  const stems = song.tracks.flatMap(({ id, stem }) => (stem ? [{ id, url: stem.url }] : []));
  return { id, title, durationSeconds: file.durationSeconds, url: file.url, stems };
};

export const PlayButton = ({ entry }: { entry: Entry }) => {
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

type SongMenuProps = { title: string; onRename: () => void; onDelete: () => void };

export const SongMenu = ({ title, onRename, onDelete }: SongMenuProps) => (
  <Menu focusMovesOn trigger={<IconButton icon="more" label={`More for ${title}`} />}>
    <MenuItem icon="pencil" onSelect={onRename}>
      Rename
    </MenuItem>
    <MenuItem icon="trash" onSelect={onDelete}>
      Delete
    </MenuItem>
  </Menu>
);
