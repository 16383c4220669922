import type { Playable } from "@/audio/playerState";
import type { Project, Section, Song } from "./useProject";

/** The file to listen to: the smallest that every browser plays. */
export const listeningFile = (song: Song) =>
  song.audio.find((file) => file.format === "MP3") ?? song.audio[0] ?? null;

export const playableOf = (project: Project): Playable | null => {
  const file = project.song && listeningFile(project.song);
  if (!project.song || !file) return null;
  return {
    id: project.id,
    title: project.title,
    durationSeconds: file.durationSeconds,
    url: file.url,
    stems: project.song.tracks.flatMap(({ id, stem }) => (stem ? [{ id, url: stem.url }] : [])),
  };
};

/** What can be heard while the rest is still being made; a song of its own for the player. */
export const previewOf = ({ id, title, song }: Project): Playable | null =>
  song?.preview && song.audio.length === 0
    ? {
        id: `${id}#preview`,
        title: `${title} (preview)`,
        durationSeconds: song.preview.durationSeconds,
        url: song.preview.url,
        stems: [],
      }
    : null;

export const sectionAt = (sections: readonly Section[], seconds: number): Section | null =>
  sections.findLast((section) => section.startSeconds <= seconds + 1e-6) ?? null;

export type TimedChord = { readonly symbol: string; readonly startSeconds: number };

export const chordsOf = (sections: readonly Section[]): TimedChord[] =>
  sections.flatMap((section) => section.chords);

/** Index of the last moment that has begun; −1 before the first. */
export const indexAt = (moments: readonly { startSeconds: number }[], seconds: number): number => {
  let low = 0;
  let high = moments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moments[middle]?.startSeconds ?? Number.POSITIVE_INFINITY) <= seconds + 1e-6) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
};
