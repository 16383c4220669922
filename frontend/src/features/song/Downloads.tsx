import { Icon } from "@/components/Icon";
import { fileSize } from "@/lib/format";
import styles from "./Aside.module.css";
import type { Song } from "./song";

type Offer = Song["downloads"][number];

const MADE_WHEN_ASKED = "made when asked";

const MEANINGS: Record<string, string> = {
  WAV: "24-bit master",
  FLAC: "lossless, smaller",
  MP3: "for listening",
  OGG: "for listening",
  WAV_ZIP: "every instrument alone, WAV",
  FLAC_ZIP: "every instrument alone, FLAC",
};

/** The master first, what is made of it after that, then what it was made of. */
const ORDER = ["WAV", "FLAC", "MP3", "OGG"];
const NAMES: Record<string, string> = { WAV_ZIP: "Stems, ZIP", FLAC_ZIP: "Stems, smaller ZIP" };

type FileLinkProps = { href: string; name: string; about: string; size?: string };

const sizeOf = ({ sizeBytes, ready }: Pick<Offer, "sizeBytes" | "ready">): string =>
  [sizeBytes === null ? "" : fileSize(sizeBytes), ready ? "" : MADE_WHEN_ASKED]
    .filter(Boolean)
    .join(", ");

const linksOf = (song: Song): (FileLinkProps & { format: string })[] =>
  [
    ...song.audio.map(({ format, url, sizeBytes }) => ({
      format,
      href: url,
      size: fileSize(sizeBytes),
    })),
    ...song.downloads.map((offer) => ({
      format: offer.format,
      href: offer.url,
      size: sizeOf(offer),
    })),
  ].map((file) => ({
    ...file,
    name: NAMES[file.format] ?? file.format,
    about: MEANINGS[file.format] ?? "audio",
  }));

/** Everything the song consists of, to take away. */
export const Downloads = ({ song }: { song: Song }) => {
  const stems = song.tracks.flatMap(({ id, name, stem }) => (stem ? [{ id, name, ...stem }] : []));
  const links = linksOf(song);
  const sounds = ORDER.flatMap((wanted) => links.filter(({ format }) => format === wanted));
  const archives = links.filter(({ format }) => !ORDER.includes(format));
  return (
    <section aria-labelledby="downloads-title">
      <h2 id="downloads-title">Take it with you</h2>
      <ul className={styles.files}>
        {sounds.map(({ format, ...link }) => (
          <FileLink key={format} {...link} />
        ))}
        {song.midiUrl && (
          <FileLink href={song.midiUrl} name="MIDI" about="every note, every track" />
        )}
        {song.musicXmlUrl && (
          <FileLink href={song.musicXmlUrl} name="MusicXML" about="lead sheet for notation" />
        )}
        {song.lrcUrl && (
          <FileLink href={song.lrcUrl} name="LRC" about="the words with their times" />
        )}
        {archives.map(({ format, ...link }) => (
          <FileLink key={format} {...link} />
        ))}
      </ul>
      {stems.length > 0 && (
        <details className={styles.more}>
          <summary>{stems.length === 1 ? "1 stem" : `${stems.length} stems`}</summary>
          <ul className={styles.files}>
            {stems.map((stem) => (
              <FileLink
                key={stem.id}
                href={stem.url}
                name={stem.name}
                about={fileSize(stem.sizeBytes)}
              />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
};

const FileLink = ({ href, name, about, size }: FileLinkProps) => (
  <li>
    <a href={href} download>
      <Icon name="download" size={18} />
      <strong>{name}</strong>
      <span>{[about, size].filter(Boolean).join(" · ")}</span>
    </a>
  </li>
);
