import { useMemo, useRef } from "react";
import { player } from "@/audio/player";
import type { Playable } from "@/audio/playerState";
import { usePlayer, usePlayhead } from "@/audio/usePlayer";
import { IconButton } from "@/components/Button";
import { accidentals } from "@/lib/format";
import { toast } from "@/lib/toast";
import styles from "./ChordStrip.module.css";
import { chordsOf, indexAt } from "./playable";
import { repeatSection } from "./repeatSection";
import type { Section } from "./song";
import { linkTo } from "./songAddress";

const share = async () => {
  const link = linkTo(player.position(), location);
  const copied = await navigator.clipboard?.writeText(link).then(
    () => true,
    () => false,
  );
  toast(copied ? "Link to this moment copied" : link);
};

type ChordStripProps = { sections: readonly Section[]; playable: Playable | null; id: string };

/** All chords in a row; the one that sounds stays in view. */
export const ChordStrip = ({ sections, playable, id }: ChordStripProps) => {
  const chords = useMemo(() => chordsOf(sections), [sections]);
  const strip = useRef<HTMLOListElement>(null);
  const lit = useRef(-1);
  const { song, loop } = usePlayer();

  usePlayhead(id, (seconds) => {
    const row = strip.current;
    const index = seconds === null ? -1 : indexAt(chords, seconds);
    if (!row || index === lit.current) return;
    row.children[lit.current]?.removeAttribute("data-now");
    lit.current = index;
    const now = row.children[index];
    if (!(now instanceof HTMLElement)) return;
    now.dataset.now = "";
    row.scrollTo({ left: now.offsetLeft - row.clientWidth / 3, behavior: "smooth" });
  });

  return (
    <div className={styles.line}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys */}
      <ol className={styles.strip} ref={strip} aria-label="Chords" tabIndex={0}>
        {chords.map((chord) => (
          <li key={chord.startSeconds}>
            <button
              type="button"
              tabIndex={-1}
              disabled={!playable}
              onClick={() => playable && void player.play(playable, chord.startSeconds)}
            >
              {accidentals(chord.symbol)}
            </button>
          </li>
        ))}
      </ol>
      {song?.id === id && (
        <>
          <IconButton icon="link" label="Copy a link to this moment" onClick={() => void share()} />
          <IconButton
            icon="loop"
            label="Repeat this section"
            aria-pressed={loop !== null}
            kind={loop ? "primary" : "plain"}
            onClick={() => repeatSection(sections)}
          />
        </>
      )}
    </div>
  );
};
