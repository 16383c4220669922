import { useDeferredValue, useEffect, useState } from "react";
import { Link } from "wouter";
import { Choice } from "@/components/Choice";
import { Icon } from "@/components/Icon";
import { Notice } from "@/components/Notice";
import type { ProjectStatus } from "@/gql/graphql";
import styles from "./LibraryPage.module.css";
import { PageOfSongs } from "./PageOfSongs";
import { useChanges } from "./useChanges";
import { usePages } from "./useLibrary";

type Filter = ProjectStatus | "ALL";

const FILTERS: readonly { value: Filter; label: string }[] = [
  { value: "ALL", label: "All songs" },
  { value: "COMPLETED", label: "Finished" },
  { value: "RUNNING", label: "Being made" },
  { value: "QUEUED", label: "Waiting" },
  { value: "FAILED", label: "Failed" },
  { value: "CANCELLED", label: "Cancelled" },
];

const isFilter = (value: string): value is Filter => FILTERS.some((one) => one.value === value);

/** Every song, newest first. */
export const LibraryPage = () => {
  const [search, setSearch] = useState("");
  const [filter, setFilter] = useState<Filter>("ALL");
  const [total, setTotal] = useState<number | null>(null);
  const wanted = useDeferredValue(search);
  const question = `${filter} ${wanted.trim()}`;
  const { cursors, open } = usePages(question);
  const changes = useChanges();
  const narrowed = filter !== "ALL" || wanted.trim() !== "";
  useEffect(() => {
    document.title = "Library · AI Music Studio";
  }, []);

  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <div>
          <h1>Library</h1>
          <p aria-live="polite">{total === null ? " " : countWords(total, narrowed)}</p>
        </div>
        <search className={styles.tools}>
          <label className={styles.search}>
            <Icon name="search" size={18} />
            <span className="sr-only">Search songs</span>
            <input
              type="search"
              value={search}
              placeholder="Search titles and prompts"
              onChange={(event) => setSearch(event.target.value)}
            />
          </label>
          <div className={styles.filter}>
            <Choice
              label="Which songs"
              value={filter}
              options={FILTERS}
              onChange={(value) => isFilter(value) && setFilter(value)}
            />
          </div>
        </search>
      </header>
      {total === 0 && <Nothing narrowed={narrowed} />}
      <ul className={styles.songs} aria-label="Songs">
        {cursors.map((cursor, index) => (
          <PageOfSongs
            key={`${question} ${cursor}`}
            after={cursor}
            status={filter === "ALL" ? null : filter}
            search={wanted}
            changes={changes}
            isLast={index === cursors.length - 1}
            onMore={open}
            onTotal={setTotal}
          />
        ))}
      </ul>
    </div>
  );
};

const countWords = (total: number, narrowed: boolean): string => {
  const songs = `${total} ${total === 1 ? "song" : "songs"}`;
  return narrowed ? `${songs} found` : songs;
};

const Nothing = ({ narrowed }: { narrowed: boolean }) =>
  narrowed ? (
    <Notice title="Nothing fits">Try fewer letters, or another filter.</Notice>
  ) : (
    <Notice title="No songs yet" action={<Link href="/">Make the first one</Link>}>
      Write a sentence, and the song will be kept here.
    </Notice>
  );
