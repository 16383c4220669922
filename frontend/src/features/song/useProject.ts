import { useCallback, useEffect, useState } from "react";
import { useQuery } from "urql";
import { graphql } from "@/gql";
import type { ProjectQuery } from "@/gql/graphql";

const ProjectDocument = graphql(`
  query Project($id: ID!) {
    project(id: $id) {
      id
      title
      prompt
      status
      progress
      currentStage
      createdAt
      error
      stages {
        name
        status
        progress
        message
        startedAt
        durationSeconds
        error
      }
      song {
        seed
        genre
        mood
        tempoBpm
        key
        timeSignature
        durationSeconds
        notes
        midiUrl
        musicXmlUrl
        lrcUrl
        sections {
          index
          name
          startBar
          bars
          startSeconds
          durationSeconds
          energy
          chords {
            symbol
            startSeconds
          }
        }
        tracks {
          id
          name
          role
          instrument
          noteCount
          stem {
            url
            sizeBytes
            peaks(points: 160)
          }
        }
        lyrics {
          text
          syllables {
            text
            line
            startSeconds
            durationSeconds
            wordEnd
          }
        }
        preview {
          format
          url
          durationSeconds
        }
        audio {
          format
          url
          sizeBytes
          durationSeconds
          peaks(points: 800)
        }
        report {
          soundBank
          soundBankLicence
          checks {
            name
            asked
            measured
            passed
          }
        }
      }
    }
  }
`);

export type Project = NonNullable<ProjectQuery["project"]>;
export type Song = NonNullable<Project["song"]>;
export type Section = Song["sections"][number];
export type Track = Song["tracks"][number];

const RETRY_MS = 3_000;

export const useProject = (id: string) => {
  const [{ data, fetching, error }, run] = useQuery({ query: ProjectDocument, variables: { id } });
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

  return {
    project: known,
    missing: data !== undefined && data.project === null && !fetching,
    error: known ? undefined : error,
    refresh,
  };
};
