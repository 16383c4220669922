import { useEffect, useState } from "react";
import { Link } from "wouter";
import { Notice } from "@/components/Notice";
import styles from "./LibraryPage.module.css";
import { ChosenBar, LibraryTools } from "./LibraryTools";
import { PageOfSongs } from "./PageOfSongs";
import { isNarrowed } from "./question";
import { useChanges } from "./useChanges";
import { useChoice } from "./useChoice";
import { useLayout } from "./useLayout";
import { usePages } from "./useLibrary";
import { useQuestion } from "./useQuestion";

/** Every song. */
export const LibraryPage = () => {
  const { question, settled, ask } = useQuestion();
  const [total, setTotal] = useState<number | null>(null);
  const [layout, setLayout] = useLayout();
  const asked = `${settled.order} ${settled.filter} ${settled.search.trim()}`;
  const { cursors, open } = usePages(asked);
  const changes = useChanges();
  const choice = useChoice();
  const narrowed = isNarrowed(settled);
  useEffect(() => {
    document.title = "Library · AI Music Studio";
  }, []);
  const deleteChosen = () => {
    changes.leave([...(choice.entries?.values() ?? [])]);
    choice.end();
  };

  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <div>
          <h1>Library</h1>
          <p aria-live="polite">{total === null ? " " : countWords(total, narrowed)}</p>
        </div>
        <LibraryTools
          question={question}
          onAsk={ask}
          layout={layout}
          onLayout={setLayout}
          choice={choice}
        />
      </header>
      {total === 0 && <Nothing narrowed={narrowed} />}
      <div>
        {cursors.map((cursor, index) => (
          <PageOfSongs
            key={`${layout} ${asked} ${cursor}`}
            number={index}
            after={cursor}
            question={settled}
            layout={layout}
            changes={changes}
            choice={choice}
            isLast={index === cursors.length - 1}
            onMore={open}
            onTotal={setTotal}
          />
        ))}
      </div>
      <ChosenBar choice={choice} onDelete={deleteChosen} />
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
