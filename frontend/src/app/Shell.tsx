import { type ReactNode, useState, useSyncExternalStore } from "react";
import { Link, useLocation } from "wouter";
import { KeyHelp } from "@/app/KeyHelp";
import { Mark } from "@/app/Mark";
import styles from "@/app/Shell.module.css";
import { ThemeSwitch } from "@/app/ThemeSwitch";
import { type KeyActions, useGlobalKeys } from "@/app/useGlobalKeys";
import { IconButton } from "@/components/Button";
import { Icon, type IconName } from "@/components/Icon";
import { PlayerBar } from "@/features/player/PlayerBar";

const PAGES: readonly { href: string; name: string; icon: IconName }[] = [
  { href: "/", name: "Create", icon: "plus" },
  { href: "/library", name: "Library", icon: "library" },
  { href: "/dashboard", name: "Dashboard", icon: "pulse" },
  { href: "/api", name: "API", icon: "code" },
];

const goTo = (navigate: (page: string) => void): KeyActions => ({
  c: () => navigate("/"),
  l: () => navigate("/library"),
  d: () => navigate("/dashboard"),
});

const watchOnline = (changed: () => void) => {
  addEventListener("online", changed);
  addEventListener("offline", changed);
  return () => {
    removeEventListener("online", changed);
    removeEventListener("offline", changed);
  };
};

/** What stands around every page: the way to the others, and the player. */
export const Shell = ({ children }: { children: ReactNode }) => {
  const [location, navigate] = useLocation();
  const [help, setHelp] = useState(false);
  const online = useSyncExternalStore(watchOnline, () => navigator.onLine);
  useGlobalKeys({ ...goTo(navigate), "?": () => setHelp(true) });
  return (
    <div className={styles.shell}>
      <a href="#content" className={styles.skip}>
        Skip to the content
      </a>
      <header className={styles.header}>
        <Link href="/" className={styles.brand} aria-label="AI Music Studio, start">
          <Mark />
          <span>AI Music Studio</span>
        </Link>
        <nav className={styles.nav} aria-label="Pages">
          {PAGES.map(({ href, name, icon }) => (
            <Link key={href} href={href} aria-current={location === href ? "page" : undefined}>
              <Icon name={icon} />
              {name}
            </Link>
          ))}
        </nav>
        <div className={styles.tools}>
          <IconButton
            icon="keyboard"
            label="Keyboard shortcuts"
            className={styles.keys}
            onClick={() => setHelp(true)}
          />
          <ThemeSwitch />
        </div>
      </header>
      {!online && (
        <p className={styles.offline} role="status">
          You are offline. What is loaded can still be played; everything else waits.
        </p>
      )}
      <main id="content" className={styles.main} tabIndex={-1}>
        {children}
      </main>
      <PlayerBar />
      <KeyHelp open={help} onOpenChange={setHelp} />
    </div>
  );
};
