import { useState } from "react";
import { player } from "@/audio/player";
import { neutralStrips, type Playable } from "@/audio/playerState";
import { isNeutral } from "@/audio/strip";
import { usePlayer } from "@/audio/usePlayer";
import { Button } from "@/components/Button";
import styles from "./MixBar.module.css";
import { masterWords } from "./master";
import { mixChange, mixWords } from "./mixChange";
import type { Track } from "./song";
import type { Edits, Refusal } from "./useEdits";
import type { MasterDesk } from "./useMasters";
import type { ShownTake } from "./useProject";

/** Where a mix can be kept. */
export type MixKeeping = {
  take: Pick<ShownTake, "id" | "mix">;
  master: MasterDesk;
  remix: Edits["remix"];
  /** Whether another take is in work. */
  busy: boolean;
};

type MixBarProps = { tracks: readonly Track[]; playable: Playable; keeping: MixKeeping | null };

/** What the listener's mix has that the finished one has not; how to keep it, and the way back. */
export const MixBar = ({ tracks, playable, keeping }: MixBarProps) => {
  const { strips, song, source } = usePlayer();
  const loaded = song?.id === playable.id && song.takeId === playable.takeId;
  const touched = loaded && !(source === "mix" && isNeutral(strips, neutralStrips(playable)));
  const mixed = keeping && touched ? mixChange(strips, playable, keeping.take.mix.tracks) : [];
  const master = keeping?.master.change ?? {};
  const words = [
    mixed.length > 0 && mixWords(strips, playable, tracks),
    ...masterWords(master),
  ].filter(Boolean);
  if (!touched && words.length === 0) return null;
  const goBack = () => {
    keeping?.master.reset();
    if (touched) void player.resetStrips();
  };
  return (
    <div className={styles.bar}>
      <p role="status">
        {words.length > 0 ? (
          <>
            <strong>Not saved:</strong> {words.join("; ")}
          </>
        ) : (
          "You hear the instruments one by one, before mastering."
        )}
      </p>
      {keeping && words.length > 0 && (
        <SaveButton {...keeping} change={{ ...master, tracks: mixed }} />
      )}
      <Button icon="retry" onClick={goBack}>
        Back to the finished mix
      </Button>
    </div>
  );
};

type SaveButtonProps = MixKeeping & { change: Omit<Parameters<Edits["remix"]>[0], "takeId"> };

/** Everything that was changed becomes one take; what the server refuses of it is said here. */
const SaveButton = ({ take, remix, busy, change }: SaveButtonProps) => {
  const [saving, setSaving] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const save = async () => {
    setSaving(true);
    setRefusal(await remix({ takeId: take.id, ...change }));
    setSaving(false);
  };
  return (
    <>
      <Button kind="primary" icon="check" disabled={busy || saving} onClick={() => void save()}>
        Save as a new take
      </Button>
      {refusal?.field && <p role="alert">{refusal.message}</p>}
    </>
  );
};
