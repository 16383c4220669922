import { useState } from "react";
import { Button } from "@/components/Button";
import { Modal } from "@/components/Modal";
import { TextField } from "@/components/TextField";
import styles from "./editForms.module.css";
import { copyLink, linkOf, useSharing } from "./useSharing";

type ShareButtonProps = { id: string; shareUrl: string | null | undefined };

/** A link for others: made and copied with one press, seen and taken back with the next. */
export const ShareButton = ({ id, shareUrl }: ShareButtonProps) => {
  const [open, setOpen] = useState(false);
  const sharing = useSharing(id);
  const press = async () => {
    if (!shareUrl) await sharing.share();
    setOpen(true);
  };
  return (
    <>
      <Button icon="link" disabled={sharing.busy} onClick={() => void press()}>
        {shareUrl ? "Shared" : "Share"}
      </Button>
      {shareUrl && (
        <Modal
          title="Anybody with the link can listen"
          about="It plays the current take and offers its files; nothing else of yours is shown."
          open={open}
          onOpenChange={setOpen}
        >
          <div className={styles.form}>
            <TextField label="Link" value={linkOf(shareUrl)} readOnly onChange={() => undefined} />
            <div className={styles.end}>
              <Button
                disabled={sharing.busy}
                icon="cross"
                onClick={() => {
                  setOpen(false);
                  void sharing.unshare();
                }}
              >
                Stop sharing
              </Button>
              <Button kind="primary" icon="link" onClick={() => void copyLink(linkOf(shareUrl))}>
                Copy the link
              </Button>
            </div>
          </div>
        </Modal>
      )}
    </>
  );
};
