import { RadioGroup } from "radix-ui";
import { useEffect, useRef, useState } from "react";
import { Button, IconButton } from "@/components/Button";
import { Menu, MenuItem } from "@/components/Menu";
import { ago, decibels, percent } from "@/lib/format";
import styles from "./TakeSwitcher.module.css";
import { changeOf, loudnessOf, matchingGain } from "./takeWords";
import type { TakeEntry } from "./useProject";
import type { Takes } from "./useTakes";

type TakeSwitcherProps = {
  takes: Takes;
  /** 0..1 of the take in work, as last heard. */
  progress: number;
  busy: boolean;
  onAnother: () => void;
  onSection: () => void;
  onRevise: () => void;
};

/** Every version of the song side by side; choosing one goes on at the same bar. */
export const TakeSwitcher = ({ takes, progress, busy, ...edits }: TakeSwitcherProps) => (
  <section className={styles.takes} aria-label="Takes">
    <header>
      <h2>{takes.entries.length === 1 ? "One take" : `${takes.entries.length} takes`}</h2>
      <div className={styles.edits}>
        <Button icon="sparkle" disabled={busy} onClick={edits.onAnother}>
          Another take
        </Button>
        <Button icon="retry" disabled={busy} onClick={edits.onSection}>
          A section anew
        </Button>
        <Button icon="pencil" disabled={busy} onClick={edits.onRevise}>
          Change the request
        </Button>
      </div>
    </header>
    {takes.entries.length > 1 && (
      <RadioGroup.Root
        className={styles.list}
        aria-label="Take that is shown"
        value={takes.shownId ?? ""}
        onValueChange={takes.select}
        loop
      >
        {takes.entries.map((take) => (
          <TakeCard key={take.id} take={take} takes={takes} progress={progress} />
        ))}
      </RadioGroup.Root>
    )}
  </section>
);

const isActive = ({ status }: TakeEntry) => status === "QUEUED" || status === "RUNNING";

type TakeCardProps = { take: TakeEntry; takes: Takes; progress: number };

/** Keep what is shown in view where not all takes have room. */
const useInView = (shown: boolean) => {
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = card;
    if (shown) current?.parentElement?.scrollTo({ left: current.offsetLeft - 24 });
  }, [shown]);
  return card;
};

const TakeCard = ({ take, takes, progress }: TakeCardProps) => (
  <div className={styles.take} ref={useInView(take.id === takes.shownId)}>
    <RadioGroup.Item value={take.id} className={styles.choose}>
      <span className={styles.name}>
        Take {take.number}
        {take.id === takes.currentId && <em>current</em>}
      </span>
      <span className={styles.change}>{changeOf(take)}</span>
      <TakeState take={take} takes={takes} progress={progress} />
      {isActive(take) && (
        <span className={styles.progress} style={{ "--done": progress }} aria-hidden="true" />
      )}
    </RadioGroup.Item>
    <TakeMenu take={take} takes={takes} />
  </div>
);

const ENDED: Partial<Record<TakeEntry["status"], string>> = {
  FAILED: "could not be made",
  CANCELLED: "cancelled",
};

const TakeState = ({ take, takes, progress }: TakeCardProps) => {
  const now = useNow();
  if (take.status === "QUEUED") return <small>waiting for its turn</small>;
  if (take.status === "RUNNING") return <small>being made, {percent(progress)}</small>;
  const loudness = loudnessOf(take);
  const gain = matchingGain(takes.entries, take.id);
  return (
    <small>
      {ENDED[take.status] ?? (loudness === null ? "" : decibels(loudness).replace("dB", "LUFS"))}
      {gain < -0.05 && `, played at ${decibels(gain)} to compare`} · {ago(take.createdAt, now)}
    </small>
  );
};

const TakeMenu = ({ take, takes }: { take: TakeEntry; takes: Takes }) => (
  <Menu trigger={<IconButton icon="more" size="small" label={`More for take ${take.number}`} />}>
    {take.status === "COMPLETED" && take.id !== takes.currentId && (
      <MenuItem icon="check" onSelect={() => void takes.choose(take.id)}>
        Make it the current take
      </MenuItem>
    )}
    {take.status in ENDED && (
      <MenuItem icon="retry" onSelect={() => void takes.retry(take.id)}>
        Try again
      </MenuItem>
    )}
    <MenuItem icon="trash" onSelect={() => takes.leave(take)}>
      Delete
    </MenuItem>
  </Menu>
);

const MINUTE_MS = 60_000;

const useNow = (): number => {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
};
