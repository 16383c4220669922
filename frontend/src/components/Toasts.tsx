import { Toast } from "radix-ui";
import { useSyncExternalStore } from "react";
import { IconButton } from "@/components/Button";
import styles from "@/components/Toasts.module.css";
import { dismiss, toastList, watchToasts } from "@/lib/toast";

/** Short answers to what a person just did; they say what happened and offer the way back. */
export const Toasts = () => {
  const toasts = useSyncExternalStore(watchToasts, toastList);
  return (
    <Toast.Provider swipeDirection="down" label="Notification">
      {toasts.map((toast) => (
        <Toast.Root
          key={toast.id}
          className={styles.toast}
          duration={toast.milliseconds}
          onOpenChange={(open) => !open && dismiss(toast.id)}
        >
          <Toast.Description className={styles.text}>{toast.text}</Toast.Description>
          {toast.action && (
            <Toast.Action altText={toast.action.label} asChild>
              <button type="button" className={styles.action} onClick={toast.action.run}>
                {toast.action.label}
              </button>
            </Toast.Action>
          )}
          <Toast.Close asChild>
            <IconButton icon="cross" label="Dismiss" size="small" />
          </Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport className={styles.viewport} />
    </Toast.Provider>
  );
};
