import { useCallback, useState } from "react";
import { useQuery } from "urql";
import { graphql } from "@/gql";
import type { LibraryQuery } from "@/gql/graphql";
import type { Question } from "./question";

const LibraryDocument = graphql(`
  query Library(
    $first: Int!
    $after: String
    $status: ProjectStatus
    $search: String
    $orderBy: ProjectOrder!
  ) {
    projects(
      first: $first
      after: $after
      status: $status
      search: $search
      orderBy: $orderBy
    ) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...ProjectGlance
        prompt
        status
        progress
        createdAt
        error
        song {
          genre
          tempoBpm
          durationSeconds
        }
      }
    }
  }
`);

/** Fills the last line of a grid with 1 to 6 columns. */
export const PAGE_SIZE = 60;

export type Entry = LibraryQuery["projects"]["nodes"][number];
export type LibraryPage = LibraryQuery["projects"];

/** One page of the library; the page components hang below each other as one scrolls. */
export const useLibraryPage = (after: string | null, wanted: Question) => {
  const { search, filter, order } = wanted;
  const [{ data, fetching, error }, run] = useQuery({
    query: LibraryDocument,
    variables: {
      first: PAGE_SIZE,
      after,
      status: filter === "ALL" ? null : filter,
      search: search.trim() || null,
      orderBy: order,
    },
  });
  return {
    page: data?.projects ?? null,
    fetching,
    error,
    refresh: useCallback(() => run({ requestPolicy: "network-only" }), [run]),
  };
};

/** Cursors of the pages opened so far; a new search starts at the top again. */
export const usePages = (question: string) => {
  const [opened, setOpened] = useState<{ question: string; cursors: (string | null)[] }>({
    question,
    cursors: [null],
  });
  const cursors = opened.question === question ? opened.cursors : [null];
  const open = useCallback(
    (cursor: string) =>
      setOpened((before) => {
        const known = before.question === question ? before.cursors : [null];
        return known.includes(cursor) ? before : { question, cursors: [...known, cursor] };
      }),
    [question],
  );
  return { cursors, open };
};
