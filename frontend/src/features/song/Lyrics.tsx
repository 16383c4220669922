import { useMemo, useRef } from "react";
import { usePlayhead } from "@/audio/usePlayer";
import styles from "./Aside.module.css";
import { linesOf } from "./lines";
import { indexAt } from "./playable";
import type { Song } from "./song";

type SongLyrics = NonNullable<Song["lyrics"]>;
export const Lyrics = ({ lyrics, id }: { lyrics: SongLyrics; id: string }) => {
  const lines = useMemo(() => linesOf(lyrics.syllables), [lyrics]);
  const list = useRef<HTMLOListElement>(null);
  usePlayhead(id, (seconds) => {
    const now = seconds === null ? -1 : indexAt(lines, seconds);
    Array.from(list.current?.children ?? []).forEach((line, index) => {
      line.toggleAttribute("data-now", index === now);
    });
  });
  if (lines.length === 0 && !lyrics.text) return null;
  return (
    <section aria-labelledby="lyrics-title">
      <h2 id="lyrics-title">Lyrics</h2>
      {lines.length > 0 ? (
        <ol className={styles.lyrics} ref={list}>
          {lines.map((line) => (
            <li key={line.startSeconds}>{line.text}</li>
          ))}
        </ol>
      ) : (
        <p className={styles.text}>{lyrics.text}</p>
      )}
    </section>
  );
};
