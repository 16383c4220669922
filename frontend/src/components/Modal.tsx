import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "@/components/Button";
import styles from "@/components/Modal.module.css";

type ModalProps = {
  title: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** One sentence on what it is for. */
  about?: string;
  children: ReactNode;
};

/** A question in front of the page; Escape and a press beside it take it away. */
export const Modal = ({ title, open, onOpenChange, about, children }: ModalProps) => (
  <Dialog.Root open={open} onOpenChange={onOpenChange}>
    <Dialog.Portal>
      <Dialog.Overlay className={styles.shade} />
      <Dialog.Content className={styles.dialog} {...(!about && { "aria-describedby": undefined })}>
        <header>
          <Dialog.Title>{title}</Dialog.Title>
          <Dialog.Close asChild>
            <IconButton icon="cross" label="Close" />
          </Dialog.Close>
        </header>
        {about && <Dialog.Description className={styles.about}>{about}</Dialog.Description>}
        {children}
      </Dialog.Content>
    </Dialog.Portal>
  </Dialog.Root>
);
