import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, it, vi } from "vitest";
import { App } from "@/app/App";
import { session } from "@/lib/session";

afterEach(() => {
  session.refuse(session.snapshot());
  vi.unstubAllGlobals();
});

const serve = (routes: Record<string, () => Response>) =>
  vi.stubGlobal("fetch", async (input: string | URL | Request) => {
    const { pathname } = new URL(String(input), location.href);
    return routes[pathname]?.() ?? new Response(null, { status: 404 });
  });

const empty = () => Response.json({ data: { projects: { nodes: [] } } });

it("asks for a token where none is handed out, and opens with it", async () => {
  serve({ "/graphql": empty });
  const user = userEvent.setup();
  render(<App />);
  await user.type(await screen.findByLabelText(/Paste your access token/), "a.b.c");
  await user.click(screen.getByRole("button", { name: "Enter" }));
  await screen.findByRole("heading", { name: /Say it in a sentence/ });
});

it("opens by itself where development hands out a token", async () => {
  serve({ "/graphql": empty, "/api/v1/dev/token": () => Response.json({ token: "a.b.c" }) });
  render(<App />);
  await screen.findByRole("heading", { name: /Say it in a sentence/ });
});

it("says that the server is away, and comes back by itself", async () => {
  let up = false;
  serve({
    "/graphql": empty,
    "/api/v1/dev/token": () =>
      up ? Response.json({ token: "a.b.c" }) : new Response(null, { status: 503 }),
  });
  render(<App />);
  await screen.findByRole("heading", { name: "The studio cannot reach its server" });
  up = true;
  await screen.findByRole("heading", { name: /Say it in a sentence/ }, { timeout: 4_000 });
});
