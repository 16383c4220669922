import { Client, fetchExchange, gql } from "urql";
import { expect, it } from "vitest";
import { graphqlCache } from "./graphqlCache";

const LIST = gql`query List { projects { nodes { id title song { tracks { id name } } } } }`;
const RENAME = gql`
  mutation Rename($id: ID!) {
    renameProject(id: $id) { __typename ... on ProjectRenamed { project { id title } } }
  }
`;
const DELETE = gql`
  mutation Delete($id: ID!) {
    deleteProject(id: $id) { __typename ... on ProjectDeleted { id } }
  }
`;

const project = (id: string, title: string, bass: string) => ({
  __typename: "Project",
  id,
  title,
  song: { __typename: "Song", tracks: [{ __typename: "Track", id: "bass", name: bass }] },
});

const ANSWERS: Record<string, object> = {
  List: {
    projects: {
      __typename: "ProjectConnection",
      nodes: [project("1", "One", "Upright bass"), project("2", "Two", "Synth bass")],
    },
  },
  Rename: {
    renameProject: {
      __typename: "ProjectRenamed",
      project: { __typename: "Project", id: "1", title: "Uno" },
    },
  },
  Delete: { deleteProject: { __typename: "ProjectDeleted", id: "1" } },
};

const open = () => {
  const asked: string[] = [];
  const client = new Client({
    url: "/graphql",
    exchanges: [graphqlCache(), fetchExchange],
    preferGetMethod: false,
    fetch: async (_url, init) => {
      const { operationName } = JSON.parse(String(init?.body));
      asked.push(operationName);
      return Response.json({ data: ANSWERS[operationName] });
    },
  });
  const seen: { title: string; song: { tracks: { name: string }[] } }[][] = [];
  const watching = client
    .query(LIST, {})
    .subscribe(({ data }) => data && seen.push(data.projects.nodes));
  return { client, asked, seen, end: () => watching.unsubscribe() };
};

it("shows a new title wherever the song stands, and asks for nothing again", async () => {
  const { client, asked, seen, end } = open();
  await expect.poll(() => seen.length).toBe(1);
  await client.mutation(RENAME, { id: "1" });
  await expect.poll(() => seen.at(-1)?.map(({ title }) => title)).toEqual(["Uno", "Two"]);
  expect(asked).toEqual(["List", "Rename"]);
  end();
});

it("keeps the instruments of two songs apart, though both have a bass", async () => {
  const { seen, end } = open();
  await expect
    .poll(() => seen.at(-1)?.map(({ song }) => song.tracks[0]?.name))
    .toEqual(["Upright bass", "Synth bass"]);
  end();
});

it("asks for a list again when one of its songs is deleted", async () => {
  const { client, asked, seen, end } = open();
  await expect.poll(() => seen.length).toBe(1);
  await client.mutation(DELETE, { id: "1" });
  await expect.poll(() => asked).toEqual(["List", "Delete", "List"]);
  end();
});
