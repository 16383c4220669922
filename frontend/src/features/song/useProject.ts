import { useCallback, useEffect, useState } from "react";
import { useQuery } from "urql";
import { graphql } from "@/gql";
import type { ProjectQuery } from "@/gql/graphql";

const ProjectDocument = graphql(`
  query Project($id: ID!, $take: ID) {
    project(id: $id) {
      id
      title
      prompt
      status
      progress
      currentStage
      queuePosition
      etaSeconds
      createdAt
      error
      stages {
        ...StageParts
      }
      shareUrl
      currentTake {
        id
      }
      takeInWork {
        id
      }
      takes {
        id
        number
        parentId
        status
        error
        createdAt
        progress
        change {
          kind
          summary
        }
        song {
          report {
            loudnessLufs
          }
        }
      }
      take(id: $take) {
        id
        number
        mix {
          targetLufs
          dynamic
          preset
          tracks {
            trackId
            gainDb
            pan
            muted
          }
        }
        song {
          ...SongParts
        }
      }
    }
  }
`);

export type Project = NonNullable<ProjectQuery["project"]>;
export type TakeEntry = Project["takes"][number];
export type ShownTake = NonNullable<Project["take"]>;

const RETRY_MS = 3_000;
/** How often a song that waits asks for its place; nothing happens to it that would tell. */
const QUEUE_MS = 3_000;

/** A project and one of its takes; the current one if none is asked for. */
export const useProject = (id: string, take: string | null) => {
  const [{ data, fetching, error }, run] = useQuery({
    query: ProjectDocument,
    variables: { id, take },
  });
  const [known, setKnown] = useState<Project | null>(null);
  const arrived = data?.project ?? null;
  // A server that is away for a moment takes nothing from what is already on the screen.
  if (arrived && arrived !== known) setKnown(arrived);
  const refresh = useCallback(() => run({ requestPolicy: "network-only" }), [run]);

  useEffect(() => {
    if (!error) return;
    const timer = setTimeout(refresh, RETRY_MS);
    return () => clearTimeout(timer);
  }, [error, refresh]);

  const waits = known?.status === "QUEUED";
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(refresh, QUEUE_MS);
    return () => clearInterval(timer);
  }, [waits, refresh]);

  return {
    project: known,
    missing: data !== undefined && data.project === null && !fetching,
    error: known ? undefined : error,
    refresh,
  };
};
