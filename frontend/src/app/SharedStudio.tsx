import { lazy, Suspense, useState } from "react";
import { Provider } from "urql";
import { Mark } from "@/app/Mark";
import styles from "@/app/Shell.module.css";
import { ThemeSwitch } from "@/app/ThemeSwitch";
import { useGlobalKeys } from "@/app/useGlobalKeys";
import { Skeleton } from "@/components/Notice";
import { Toasts } from "@/components/Toasts";
import { PlayerBar } from "@/features/player/PlayerBar";
import { createGraphqlClient } from "@/lib/graphqlClient";

const SharedSongPage = lazy(async () => ({
  default: (await import("@/features/song/SharedSongPage")).SharedSongPage,
}));

const asAnybody: typeof fetch = (input, init) => fetch(input, init);

/** What a guest sees who has a link: the song and the player, and no question who it is. */
export const SharedStudio = ({ token }: { token: string }) => {
  const [client] = useState(() => createGraphqlClient(asAnybody));
  useGlobalKeys({});
  return (
    <Provider value={client}>
      <div className={styles.shell} style={{ "--below-player": "0px" }}>
        <header className={styles.header}>
          <p className={styles.brand}>
            <Mark />
            <span>AI Music Studio</span>
          </p>
          <div className={styles.tools}>
            <ThemeSwitch />
          </div>
        </header>
        <main id="content" className={styles.main} tabIndex={-1}>
          <Suspense fallback={<Skeleton lines={4} />}>
            <SharedSongPage token={token} />
          </Suspense>
        </main>
        <PlayerBar />
      </div>
      <Toasts />
    </Provider>
  );
};
