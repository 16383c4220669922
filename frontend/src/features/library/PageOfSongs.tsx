import { useEffect, useRef } from "react";
import { Button } from "@/components/Button";
import { Notice, Skeleton } from "@/components/Notice";
import type { ProjectStatus } from "@/gql/graphql";
import { explain } from "@/lib/problems";
import { SongRow } from "./SongRow";
import type { useChanges } from "./useChanges";
import { useLibraryPage } from "./useLibrary";

type PageOfSongsProps = {
  after: string | null;
  status: ProjectStatus | null;
  search: string;
  changes: ReturnType<typeof useChanges>;
  isLast: boolean;
  onMore: (cursor: string) => void;
  onTotal: (total: number) => void;
};

const REFRESH_MS = 3_000;

export const PageOfSongs = (props: PageOfSongsProps) => {
  const { after, status, search, changes, isLast, onMore, onTotal } = props;
  const { page, error, refresh } = useLibraryPage(after, status, search);
  const end = useRef<HTMLLIElement>(null);
  const next = isLast && page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  const unfinished = page?.nodes.some((one) => one.status === "RUNNING" || one.status === "QUEUED");

  useEffect(() => {
    if (page) onTotal(page.totalCount);
  }, [page, onTotal]);

  useEffect(() => {
    if (!unfinished) return;
    const timer = setInterval(refresh, REFRESH_MS);
    return () => clearInterval(timer);
  }, [unfinished, refresh]);

  useEffect(() => {
    if (!next || !end.current) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && onMore(next),
      { rootMargin: "800px" },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [next, onMore]);

  if (!page) {
    return (
      <li>
        {error ? (
          <Notice
            title="The library could not be loaded"
            tone="bad"
            action={<Button onClick={refresh}>Try again</Button>}
          >
            {explain(error)}
          </Notice>
        ) : (
          <Skeleton lines={6} label="Loading songs" />
        )}
      </li>
    );
  }
  return (
    <>
      {page.nodes
        .filter((entry) => !changes.leaving.has(entry.id))
        .map((entry) => (
          <SongRow
            key={entry.id}
            entry={entry}
            onRename={(title) => void changes.rename(entry.id, title)}
            onDelete={() => changes.leave(entry)}
          />
        ))}
      {next && <li ref={end} aria-hidden="true" />}
    </>
  );
};
