import { Icon } from "@/components/Icon";
import { fileSize } from "@/lib/format";
import styles from "./Aside.module.css";
import type { Song } from "./useProject";

const MEANINGS: Record<string, string> = {
  WAV: "24-bit master",
  FLAC: "lossless, smaller",
  MP3: "for listening",
  OGG: "for listening",
};

/** Everything the song consists of, to take away. */
export const Downloads = ({ song }: { song: Song }) => {
  const stems = song.tracks.flatMap(({ id, name, stem }) => (stem ? [{ id, name, ...stem }] : []));
  return (
    <section aria-labelledby="downloads-title">
      <h2 id="downloads-title">Take it with you</h2>
      <ul className={styles.files}>
        {song.audio.map((file) => (
          <FileLink
            key={file.format}
            href={file.url}
            name={file.format}
            note={`${MEANINGS[file.format] ?? "audio"} · ${fileSize(file.sizeBytes)}`}
          />
        ))}
        {song.midiUrl && (
          <FileLink href={song.midiUrl} name="MIDI" note="every note, every track" />
        )}
        {song.musicXmlUrl && (
          <FileLink href={song.musicXmlUrl} name="MusicXML" note="lead sheet for notation" />
        )}
        {song.lrcUrl && (
          <FileLink href={song.lrcUrl} name="LRC" note="the words with their times" />
        )}
      </ul>
      {stems.length > 0 && (
        <details className={styles.more}>
          <summary>{stems.length} stems</summary>
          <ul className={styles.files}>
            {stems.map((stem) => (
              <FileLink
                key={stem.id}
                href={stem.url}
                name={stem.name}
                note={fileSize(stem.sizeBytes)}
              />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
};

const FileLink = ({ href, name, note }: { href: string; name: string; note: string }) => (
  <li>
    <a href={href} download>
      <Icon name="download" size={18} />
      <strong>{name}</strong>
      <span>{note}</span>
    </a>
  </li>
);
