import type { Playable } from "@/audio/playerState";
import type { Section, Song } from "./song";
import { matchingGain } from "./takeWords";
import type { Project } from "./useProject";

/** The file to listen to: the smallest that every browser plays. */
export const listeningFile = (song: Song) =>
  song.audio.find((file) => file.format === "MP3") ?? song.audio[0] ?? null;

/** A finished song as the player takes it. */
export const playableSong = (id: string, title: string, song: Song): Playable | null => {
  const file = listeningFile(song);
  return (
    file && {
      id,
      title,
      durationSeconds: file.durationSeconds,
      url: file.url,
      stems: song.tracks.flatMap(({ id, stem, muted }) =>
        stem ? [{ id, url: stem.url, muted }] : [],
      ),
      form: song.sections,
    }
  );
};

/** The take that is shown, as loud as the quietest of its project. */
export const playableOf = ({ id, title, take, takes, currentTake }: Project): Playable | null => {
  const playable = take?.song ? playableSong(id, title, take.song) : null;
  return (
    take &&
    playable && {
      ...playable,
      title: takes.length > 1 ? `${title}, take ${take.number}` : title,
      takeId: take.id,
      gainDb: matchingGain(takes, take.id),
      page: take.id === currentTake?.id ? `/songs/${id}` : `/songs/${id}?take=${take.id}`,
    }
  );
};

/** What can be heard while the rest is still being made; a song of its own for the player. */
export const previewOf = ({ id, title, take }: Project): Playable | null =>
  take?.song?.preview && take.song.audio.length === 0
    ? {
        id: `${id}#preview`,
        title: `${title} (preview)`,
        durationSeconds: take.song.preview.durationSeconds,
        url: take.song.preview.url,
        stems: [],
        page: `/songs/${id}`,
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
