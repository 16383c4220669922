import { Choice } from "@/components/Choice";
import { Slider } from "@/components/Slider";
import { lufs } from "@/lib/format";
import styles from "./MasterPanel.module.css";
import { LOUDEST_LUFS, type Master, purposeOf, QUIETEST_LUFS, USUAL_LOUDNESSES } from "./master";
import { useGenres } from "./useGenres";
import type { MasterDesk } from "./useMasters";

const OWN_MANNER = "own";

/** How loud the whole is to be, whether its peaks stay, and in whose manner it is mixed. */
export const MasterPanel = ({ wish, set }: MasterDesk) => (
  <section className={styles.master} aria-labelledby="master-title">
    <h3 id="master-title">Master</h3>
    <Loudness targetLufs={wish.targetLufs} set={set} />
    <div>
      <label className={styles.dynamics}>
        <input
          type="checkbox"
          checked={wish.dynamic}
          aria-describedby="dynamics-help"
          onChange={({ target }) => set({ dynamic: target.checked })}
        />
        Keep dynamics
      </label>
      <p id="dynamics-help" className={styles.help}>
        Peaks are not flattened; the song may stay softer than asked.
      </p>
    </div>
    <Manner preset={wish.preset} set={set} />
  </section>
);

type SettingProps<Name extends keyof Master> = Pick<Master, Name> & Pick<MasterDesk, "set">;

const Loudness = ({ targetLufs, set }: SettingProps<"targetLufs">) => (
  <div>
    <p className={styles.label} aria-hidden="true">
      Loudness
      <output>
        {lufs(targetLufs)}, {purposeOf(targetLufs)}
      </output>
    </p>
    <Slider
      label="Loudness of the master"
      value={targetLufs}
      min={QUIETEST_LUFS}
      max={LOUDEST_LUFS}
      step={0.5}
      valueText={`${lufs(targetLufs)}, ${purposeOf(targetLufs)}`}
      onChange={(value) => set({ targetLufs: value })}
    />
    <fieldset className={styles.usual}>
      <legend className="sr-only">Usual loudnesses</legend>
      {USUAL_LOUDNESSES.map((usual) => (
        <button
          key={usual.name}
          type="button"
          aria-pressed={usual.targetLufs === targetLufs}
          onClick={() => set({ targetLufs: usual.targetLufs })}
        >
          {usual.name} {lufs(usual.targetLufs).replace(" LUFS", "")}
        </button>
      ))}
    </fieldset>
    <p className={styles.help}>Here takes play equally loud, to compare; the files differ.</p>
  </div>
);

const Manner = ({ preset, set }: SettingProps<"preset">) => {
  const genres = useGenres();
  return (
    <div>
      <p className={styles.label} aria-hidden="true">
        Manner
      </p>
      <Choice
        label="Manner of the mix"
        value={preset ?? OWN_MANNER}
        options={[{ value: OWN_MANNER, label: "The song's own" }, ...genres]}
        onChange={(chosen) => set({ preset: chosen === OWN_MANNER ? null : chosen })}
      />
      <p className={styles.help}>
        Another style's tone, balance, width, effects, ducking and glue; the song's own dynamics
        stay.
      </p>
    </div>
  );
};
