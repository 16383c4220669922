import { Dialog } from "radix-ui";
import styles from "@/app/KeyHelp.module.css";
import { IconButton } from "@/components/Button";

const KEYS = [
  ["Space", "Play or pause"],
  ["← →", "Back or forward 5 seconds"],
  ["1 … 9", "Solo an instrument"],
  ["Shift 1 … 9", "Mute an instrument"],
  ["0", "Back to the finished mix"],
  ["R", "Repeat the section that plays"],
  ["+ −", "Zoom the notes"],
  ["C", "Create"],
  ["L", "Library"],
  ["D", "Dashboard"],
  ["?", "This help"],
] as const;

type KeyHelpProps = { open: boolean; onOpenChange: (open: boolean) => void };

export const KeyHelp = ({ open, onOpenChange }: KeyHelpProps) => (
  <Dialog.Root open={open} onOpenChange={onOpenChange}>
    <Dialog.Portal>
      <Dialog.Overlay className={styles.shade} />
      <Dialog.Content className={styles.dialog} aria-describedby={undefined}>
        <header>
          <Dialog.Title>Keyboard</Dialog.Title>
          <Dialog.Close asChild>
            <IconButton icon="cross" label="Close" />
          </Dialog.Close>
        </header>
        <dl>
          {KEYS.map(([key, meaning]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </Dialog.Content>
    </Dialog.Portal>
  </Dialog.Root>
);
