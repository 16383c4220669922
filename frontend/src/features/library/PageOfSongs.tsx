import { useCallback, useEffect, useRef } from "react";
import { Button } from "@/components/Button";
import { Notice, Skeleton } from "@/components/Notice";
import { explain } from "@/lib/problems";
import styles from "./LibraryPage.module.css";
import type { Question } from "./question";
import { SongRow } from "./SongRow";
import type { useChanges } from "./useChanges";
import type { Choice } from "./useChoice";
import type { Layout } from "./useLayout";
import { type LibraryPage, PAGE_SIZE, useLibraryPage } from "./useLibrary";
import { useFarHeight, useNear } from "./useWindow";

type PageOfSongsProps = {
  /** Counted from 0. */
  number: number;
  after: string | null;
  question: Question;
  layout: Layout;
  changes: ReturnType<typeof useChanges>;
  choice: Choice;
  isLast: boolean;
  onMore: (cursor: string) => void;
  onTotal: (total: number) => void;
};

const REFRESH_MS = 3_000;
const GUESSED_HEIGHT = 4_500;

const isUnfinished = ({ nodes }: LibraryPage) =>
  nodes.some(({ status }) => status === "RUNNING" || status === "QUEUED");

/** Some songs of the library; far from what is seen only their height is left. */
export const PageOfSongs = (props: PageOfSongsProps) => {
  const { number, after, question, layout, changes, choice, isLast, onMore, onTotal } = props;
  const { page, error, refresh } = useLibraryPage(after, question);
  const list = useRef<HTMLUListElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const next = isLast && page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  const farHeight = useFarHeight(list, page !== null, number === 0 ? null : GUESSED_HEIGHT);
  const more = useCallback(() => next && onMore(next), [next, onMore]);
  useNear(end, next ? more : null);
  const unfinished = page !== null && farHeight === null && isUnfinished(page);

  useEffect(() => {
    if (page) onTotal(page.totalCount);
  }, [page, onTotal]);

  useEffect(() => {
    if (!unfinished) return;
    const timer = setInterval(refresh, REFRESH_MS);
    return () => clearInterval(timer);
  }, [unfinished, refresh]);

  if (!page) {
    return error ? (
      <Notice
        title="The library could not be loaded"
        tone="bad"
        action={<Button onClick={refresh}>Try again</Button>}
      >
        {explain(error)}
      </Notice>
    ) : (
      <Skeleton lines={6} label="Loading songs" />
    );
  }
  const first = number * PAGE_SIZE + 1;
  return (
    <>
      <ul
        ref={list}
        className={styles.songs}
        data-layout={layout}
        aria-label={`Songs ${first} to ${first + page.nodes.length - 1}`}
        style={farHeight === null ? undefined : { height: farHeight }}
      >
        {farHeight === null &&
          page.nodes
            .filter((entry) => !changes.leaving.has(entry.id))
            .map((entry) => (
              <SongRow
                key={entry.id}
                entry={entry}
                among={page.nodes}
                layout={layout}
                chosen={choice.entries?.has(entry.id) ?? null}
                onChoose={(chosen) => choice.choose(entry, chosen)}
                onRename={(title) => void changes.rename(entry.id, title)}
                onDelete={() => changes.leave([entry])}
              />
            ))}
      </ul>
      {next && <div ref={end} aria-hidden="true" />}
    </>
  );
};
