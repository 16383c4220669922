import { useState } from "react";
import { Button } from "@/components/Button";
import { Choice } from "@/components/Choice";
import { Modal } from "@/components/Modal";
import { TextField } from "@/components/TextField";
import styles from "./editForms.module.css";
import type { Section } from "./song";
import type { Edits, Refusal } from "./useEdits";

type SectionDialogProps = {
  takeId: string;
  sections: readonly Section[];
  /** The section it is about at first. */
  first: number;
  regenerate: Edits["regenerateSection"];
  onClose: () => void;
};

/** One section composed anew; every other one stays note for note. */
export const SectionDialog = ({
  takeId,
  sections,
  first,
  regenerate,
  onClose,
}: SectionDialogProps) => {
  const [index, setIndex] = useState(first);
  const [seed, setSeed] = useState("");
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const send = async () => {
    const wrong = await regenerate({
      takeId,
      sectionIndex: index,
      ...(seed && { seed: Number(seed) }),
    });
    setRefusal(wrong);
    if (!wrong) onClose();
  };
  return (
    <Modal
      open
      title="Make a section anew"
      about="It is composed again over the same chords. The rest of the song stays note for note."
      onOpenChange={(open) => !open && onClose()}
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <div className={styles.choice}>
          <span className={styles.label} aria-hidden="true">
            Section
          </span>
          <Choice
            label="Section"
            value={String(index)}
            options={sections.map((section) => ({
              value: String(section.index),
              label: `${section.name}, ${section.bars} bars`,
            }))}
            onChange={(value) => setIndex(Number(value))}
          />
        </div>
        <TextField
          label="Seed"
          value={seed}
          inputMode="numeric"
          placeholder="any; the same seed makes the same section"
          problem={refusal?.field === "seed" ? refusal.message : null}
          onChange={(value) => setSeed(value.replace(/\D/g, ""))}
        />
        {refusal && refusal.field !== "seed" && <p role="alert">{refusal.message}</p>}
        <div className={styles.end}>
          <Button type="submit" kind="primary" icon="retry">
            Make it anew
          </Button>
        </div>
      </form>
    </Modal>
  );
};
