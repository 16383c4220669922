import { useState } from "react";
import { player } from "@/audio/player";
import { usePlayer } from "@/audio/usePlayer";
import { IconButton } from "@/components/Button";
import { Chip, ChipList } from "@/components/Chip";
import { accidentals, clockTime, tempo, titleCase } from "@/lib/format";
import { playableOf } from "./playable";
import { ShareButton } from "./ShareButton";
import styles from "./SongHeader.module.css";
import type { Song } from "./song";
import type { Project } from "./useProject";

type SongHeaderProps = { project: Project; onRename: (title: string) => Promise<void> };

export const SongHeader = ({ project, onRename }: SongHeaderProps) => {
  const playable = playableOf(project);
  const { song, status } = usePlayer();
  const loaded = song?.id === project.id && song.takeId === playable?.takeId;
  const playing = loaded && (status === "playing" || status === "loading");
  return (
    <header className={styles.header}>
      {playable && (
        <IconButton
          icon={playing ? "pause" : "play"}
          label={playing ? "Pause" : `Play ${project.title}`}
          size="large"
          kind="primary"
          onClick={() => void player.toggle(playable)}
        />
      )}
      <div className={styles.words}>
        <Title title={project.title} onRename={onRename} />
        <p className={styles.prompt}>“{project.prompt}”</p>
        {project.take?.song && <Facts song={project.take.song} />}
      </div>
      {playable && <ShareButton id={project.id} shareUrl={project.shareUrl} />}
    </header>
  );
};

const Title = ({ title, onRename }: { title: string; onRename: SongHeaderProps["onRename"] }) => {
  const [draft, setDraft] = useState<string | null>(null);
  if (draft === null) {
    return (
      <div className={styles.title}>
        <h1>{title}</h1>
        <IconButton icon="pencil" label="Rename" size="small" onClick={() => setDraft(title)} />
      </div>
    );
  }
  const keep = () => {
    const wanted = draft.trim();
    setDraft(null);
    if (wanted && wanted !== title) void onRename(wanted);
  };
  return (
    <form
      className={styles.title}
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <input
        aria-label="Title"
        value={draft}
        maxLength={200}
        ref={(field) => field?.focus()}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => event.key === "Escape" && setDraft(null)}
      />
    </form>
  );
};

export const Facts = ({ song }: { song: Song }) => (
  <ChipList label="About this song">
    <Chip label="Genre">{titleCase(song.genre)}</Chip>
    {song.mood && <Chip label="Mood">{titleCase(song.mood)}</Chip>}
    <Chip label="Tempo">{tempo(song.tempoBpm)}</Chip>
    <Chip label="Key">{accidentals(song.key)}</Chip>
    <Chip label="Metre">{song.timeSignature}</Chip>
    <Chip label="Length">{clockTime(song.durationSeconds)}</Chip>
    <Chip label="Seed">seed {song.seed}</Chip>
  </ChipList>
);
