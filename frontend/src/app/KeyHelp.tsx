import styles from "@/app/KeyHelp.module.css";
import { Modal } from "@/components/Modal";

const KEYS = [
  ["Space", "Play or pause"],
  ["← →", "Back or forward 5 seconds"],
  ["1 … 9", "Solo an instrument"],
  ["Shift 1 … 9", "Mute an instrument"],
  ["0", "Back to the finished mix"],
  ["R", "Repeat the section that plays"],
  ["T", "The next take, at the same bar"],
  ["Shift T", "The take before"],
  ["+ −", "Zoom the notes"],
  ["C", "Create"],
  ["L", "Library"],
  ["D", "Dashboard"],
  ["?", "This help"],
] as const;

type KeyHelpProps = { open: boolean; onOpenChange: (open: boolean) => void };

export const KeyHelp = ({ open, onOpenChange }: KeyHelpProps) => (
  <Modal title="Keyboard" open={open} onOpenChange={onOpenChange}>
    <dl className={styles.keys}>
      {KEYS.map(([key, meaning]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  </Modal>
);
