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

export const useProject = (id: string) => {
  const [{ data, fetching, error }, run] = useQuery({ query: ProjectDocument, variables: { id } });
  const fresh = data?.project?.id === id ? data.project : null;
  return {
    project: fresh,
    missing: data !== undefined && data.project === null && !fetching,
    error: fresh ? undefined : error,
    refresh: () => run({ requestPolicy: "network-only" }),
  };
};
