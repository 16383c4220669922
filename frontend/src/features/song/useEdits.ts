import { type CombinedError, useMutation } from "urql";
import { graphql } from "@/gql";
import type {
  RegenerateSectionInput,
  RemixTakeInput,
  RemixTakeMutation,
  ReviseTakeInput,
} from "@/gql/graphql";
import { explain } from "@/lib/problems";
import { toast } from "@/lib/toast";

export const EditStartedDocument = graphql(`
  fragment EditStarted on TakeStarted {
    take {
      id
      number
    }
    project {
      id
      status
    }
  }
`);

const RemixDocument = graphql(`
  mutation RemixTake($input: RemixTakeInput!) {
    started: remixTake(input: $input) {
      __typename
      ...EditStarted
      ... on InvalidInput {
        message
        field
      }
      ... on Problem {
        message
      }
    }
  }
`);

const SectionDocument = graphql(`
  mutation RegenerateSection($input: RegenerateSectionInput!) {
    started: regenerateSection(input: $input) {
      __typename
      ...EditStarted
      ... on InvalidInput {
        message
        field
      }
      ... on Problem {
        message
      }
    }
  }
`);

const ReviseDocument = graphql(`
  mutation ReviseTake($input: ReviseTakeInput!) {
    started: reviseTake(input: $input) {
      __typename
      ...EditStarted
      ... on InvalidInput {
        message
        field
      }
      ... on Problem {
        message
      }
    }
  }
`);

const MakeDocument = graphql(`
  mutation MakeTake($input: MakeTakeInput!) {
    started: makeTake(input: $input) {
      __typename
      ...EditStarted
      ... on InvalidInput {
        message
        field
      }
      ... on Problem {
        message
      }
    }
  }
`);

type Answer = { data?: RemixTakeMutation | undefined; error?: CombinedError | undefined };

/** What was wrong, and on which field of the input if on one. */
export type Refusal = { readonly message: string; readonly field: string | null };

const refusalIn = ({ data, error }: Answer): Refusal | null => {
  if (error) return { message: explain(error), field: null };
  const started = data?.started;
  if (started?.__typename === "TakeStarted") return null;
  if (!started) return { message: "The server gave no answer. Try again.", field: null };
  const field = started.__typename === "InvalidInput" ? (started.field ?? null) : null;
  return { message: started.message, field };
};

/**
 * The edits that make a take; each answers what was wrong, or null when the take is on its way.
 *
 * Where there is something to watch, the new take is shown: its notes and tracks as they come,
 * while the finished one goes on sounding. A mix has the same notes, so it only takes over.
 */
export const useEdits = (
  projectId: string,
  refresh: () => void,
  show: (takeId: string) => void,
) => {
  const [, remix] = useMutation(RemixDocument);
  const [, section] = useMutation(SectionDocument);
  const [, revise] = useMutation(ReviseDocument);
  const [, make] = useMutation(MakeDocument);

  const settle = (answer: Answer): Refusal | null => {
    const refusal = refusalIn(answer);
    if (refusal?.field === null) toast(refusal.message);
    refresh();
    return refusal;
  };
  const watch = (answer: Answer): Refusal | null => {
    const started = answer.data?.started;
    if (started?.__typename === "TakeStarted") show(started.take.id);
    return settle(answer);
  };
  return {
    remix: async (input: RemixTakeInput) => settle(await remix({ input })),
    regenerateSection: async (input: RegenerateSectionInput) => watch(await section({ input })),
    revise: async (input: ReviseTakeInput) => watch(await revise({ input })),
    makeTake: async () => watch(await make({ input: { projectId } })),
  };
};

export type Edits = ReturnType<typeof useEdits>;
