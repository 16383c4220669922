import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createClient } from "graphql-ws";
import { createRoot } from "react-dom/client";
import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./page.css";
import { examples } from "./examples";

const devToken = async (): Promise<string | null> => {
  const answer = await fetch("/api/v1/dev/token");
  if (!answer.ok) return localStorage.getItem("studio.token");
  const body: unknown = await answer.json();
  const found = typeof body === "object" && body !== null && "token" in body ? body.token : null;
  return typeof found === "string" ? found : null;
};

/** The token goes along unless the headers tab says otherwise. */
const withToken =
  (token: string | null): typeof fetch =>
  (input, init) => {
    const headers = new Headers(init?.headers);
    if (token && !headers.has("Authorization")) headers.set("Authorization", `Bearer ${token}`);
    return fetch(input, { ...init, headers });
  };

const open = async () => {
  const token = await devToken();
  const fetcher = createGraphiQLFetcher({
    url: "/graphql",
    fetch: withToken(token),
    wsClient: createClient({
      url: new URL("/graphql", location.href.replace(/^http/, "ws")).href,
      connectionParams: token ? { Authorization: `Bearer ${token}` } : {},
    }),
  });
  const root = document.getElementById("graphiql");
  if (!root) throw new Error("graphiql/index.html has no #graphiql.");
  createRoot(root).render(<GraphiQL fetcher={fetcher} defaultTabs={examples} />);
};

void open();
