import { stringifyDocument } from "@urql/core";
import { createClient } from "graphql-ws";
import type { TypedDocumentNode } from "urql";
import { session } from "@/lib/session";
import type { Sink } from "@/lib/stream";

const FORBIDDEN = 4403;
const UNAUTHORIZED = 4401;

/** The socket does not retry: whoever listens knows its cursor and opens the next stream itself. */
const socket = createClient({
  url: () => new URL("/graphql", location.href.replace(/^http/, "ws")).href,
  connectionParams: async () => {
    const token = await session.token();
    return token ? { Authorization: `Bearer ${token}` } : {};
  },
  retryAttempts: 0,
  lazyCloseTimeout: 3_000,
  keepAlive: 15_000,
});

const closeCode = (reason: unknown): number | null =>
  reason instanceof CloseEvent ? reason.code : null;

/** Open one subscription on the shared socket; returns how to end it. */
export const subscribe = <Result, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Result, Variables>,
  variables: Variables,
  sink: Sink<Result>,
): (() => void) =>
  socket.subscribe<Result>(
    { query: stringifyDocument(document), variables },
    {
      next: ({ data }) => data && sink.next(data),
      complete: sink.ended,
      error: (reason) => {
        const code = closeCode(reason);
        if (code === UNAUTHORIZED || code === FORBIDDEN) session.refuse(session.snapshot());
        // A list of errors is an answer: asking again would bring the same.
        if (Array.isArray(reason)) sink.ended();
        else sink.lost();
      },
    },
  );
