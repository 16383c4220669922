import { useState } from "react";
import { player } from "@/audio/player";
import { neutralStrips, type Playable } from "@/audio/playerState";
import { isNeutral } from "@/audio/strip";
import { usePlayer } from "@/audio/usePlayer";
import { Button } from "@/components/Button";
import styles from "./MixBar.module.css";
import { mixChange, mixWords } from "./mixChange";
import type { Track } from "./song";
import type { Edits } from "./useEdits";
import type { ShownTake } from "./useProject";

/** Where a mix can be kept. */
export type MixKeeping = {
  take: Pick<ShownTake, "id" | "mix">;
  remix: Edits["remix"];
  /** Whether another take is in work. */
  busy: boolean;
};

type MixBarProps = { tracks: readonly Track[]; playable: Playable; keeping: MixKeeping | null };

/** What the listener's mix has that the finished one has not; how to keep it, and the way back. */
export const MixBar = ({ tracks, playable, keeping }: MixBarProps) => {
  const { strips, song, source } = usePlayer();
  const [saving, setSaving] = useState(false);
  if (song?.id !== playable.id || song.takeId !== playable.takeId) return null;
  if (source === "mix" && isNeutral(strips, neutralStrips(playable))) return null;
  const changes = keeping ? mixChange(strips, playable, keeping.take.mix.tracks) : [];
  const save = async () => {
    if (!keeping) return;
    setSaving(true);
    await keeping.remix({ takeId: keeping.take.id, tracks: changes });
    setSaving(false);
  };
  return (
    <div className={styles.bar}>
      <p role="status">
        {changes.length > 0 ? (
          <>
            <strong>Not saved:</strong> {mixWords(strips, playable, tracks)}
          </>
        ) : (
          "You hear the instruments one by one, before mastering."
        )}
      </p>
      {keeping && changes.length > 0 && (
        <Button
          kind="primary"
          icon="check"
          disabled={keeping.busy || saving}
          onClick={() => void save()}
        >
          Save as a new take
        </Button>
      )}
      <Button icon="retry" onClick={() => void player.resetStrips()}>
        Back to the finished mix
      </Button>
    </div>
  );
};
