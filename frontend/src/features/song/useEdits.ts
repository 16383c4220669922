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

const RemixDocument = graphql(`
  mutation RemixTake($input: RemixTakeInput!) {
    started: remixTake(input: $input) {
      __typename
      ... on TakeStarted {
        take {
          id
          number
        }
        project {
          id
          status
        }
      }
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
      ... on TakeStarted {
        take {
          id
          number
        }
        project {
          id
          status
        }
      }
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
      ... on TakeStarted {
        take {
          id
          number
        }
        project {
          id
          status
        }
      }
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
      ... on TakeStarted {
        take {
          id
          number
        }
        project {
          id
          status
        }
      }
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

/** The edits that make a take; each answers what was wrong, or null when the take is on its way. */
export const useEdits = (projectId: string, refresh: () => void) => {
  const [, remix] = useMutation(RemixDocument);
  const [, section] = useMutation(SectionDocument);
  const [, revise] = useMutation(ReviseDocument);
  const [, make] = useMutation(MakeDocument);

  const settle = (answer: Answer): Refusal | null => {
    const refusal = refusalIn(answer);
    if (refusal?.field === null) toast(refusal.message);
    if (!refusal) toast(`Take ${numberIn(answer)} is on its way`);
    refresh();
    return refusal;
  };
  return {
    remix: async (input: RemixTakeInput) => settle(await remix({ input })),
    regenerateSection: async (input: RegenerateSectionInput) => settle(await section({ input })),
    revise: async (input: ReviseTakeInput) => settle(await revise({ input })),
    makeTake: async () => settle(await make({ input: { projectId } })),
  };
};

const numberIn = ({ data }: Answer): number | null =>
  data?.started.__typename === "TakeStarted" ? data.started.take.number : null;

export type Edits = ReturnType<typeof useEdits>;
