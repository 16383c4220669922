import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Client, fetchExchange, Provider } from "urql";
import { beforeEach, expect, it, vi } from "vitest";
import { CreatePage } from "./CreatePage";

type Operation = { operationName: string; variables: { input?: unknown } };

const asked: Operation[] = [];
const answers: Record<string, object> = {
  RecentProjects: { projects: { nodes: [] } },
  Understand: {
    understand: {
      facets: [
        { name: "metre", label: "3/4" },
        { name: "instruments", label: "accordion" },
      ],
      notes: ["A march in 3/4 becomes a waltz."],
    },
  },
  GenerateFullSong: { generateFullSong: { __typename: "ProjectStarted", project: { id: "p1" } } },
};

const show = () => {
  const client = new Client({
    url: "/graphql",
    exchanges: [fetchExchange],
    preferGetMethod: false,
    fetch: async (_url, init) => {
      const operation: Operation = JSON.parse(String(init?.body));
      asked.push(operation);
      return Response.json({ data: answers[operation.operationName] });
    },
  });
  render(
    <Provider value={client}>
      <CreatePage />
    </Provider>,
  );
  return userEvent.setup();
};

beforeEach(() => {
  asked.length = 0;
  history.replaceState(null, "", "/");
});

it("goes to the song at once when its sentence is sent", async () => {
  const user = show();
  await user.type(screen.getByLabelText("What should the song be?"), "a waltz{Enter}");
  await vi.waitFor(() => expect(location.pathname).toBe("/songs/p1"));
  const sent = asked.find((one) => one.operationName === "GenerateFullSong");
  expect(sent?.variables.input).toEqual({ prompt: "a waltz" });
});

it("asks for a sentence when there is none", async () => {
  const user = show();
  await user.click(screen.getByRole("button", { name: "Make the song" }));
  expect(screen.getByRole("alert").textContent).toContain("Say what the song should be");
  expect(asked.map((one) => one.operationName)).not.toContain("GenerateFullSong");
});

it("shows what the server would accept instead", async () => {
  const message = "The tempo must lie between 40 and 240 BPM.";
  answers.GenerateFullSong = {
    generateFullSong: { __typename: "InvalidInput", message, field: "style.tempoBpm" },
  };
  const user = show();
  await user.type(screen.getByLabelText("What should the song be?"), "a waltz at 999{Enter}");
  expect((await screen.findByRole("alert")).textContent).toBe(message);
});

it("says when trying again makes sense", async () => {
  const message = "Too many songs are waiting.";
  answers.GenerateFullSong = {
    generateFullSong: { __typename: "LimitExceeded", message, retryAfterSeconds: 12 },
  };
  const user = show();
  await user.type(screen.getByLabelText("What should the song be?"), "a waltz{Enter}");
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toBe(`${message} Try again in 12 s.`);
});

it("says what it understands when the writing pauses, not at every letter", async () => {
  const user = show();
  await user.type(screen.getByLabelText("What should the song be?"), "a waltz with accordion");
  const chips = await screen.findByRole("list", { name: "Understood so far" });
  expect(chips.textContent).toContain("3/4");
  expect(chips.textContent).toContain("accordion");
  expect(screen.getByText("A march in 3/4 becomes a waltz.")).toBeTruthy();
  const questions = asked.filter((one) => one.operationName === "Understand");
  expect(questions.map(({ variables }) => variables)).toEqual([
    { prompt: "a waltz with accordion" },
  ]);
});

it("offers an example at a press", async () => {
  const user = show();
  await user.click(screen.getByRole("button", { name: "Surprise me" }));
  const prompt = screen.getByLabelText<HTMLTextAreaElement>("What should the song be?");
  expect(prompt.value.length).toBeGreaterThan(20);
});
