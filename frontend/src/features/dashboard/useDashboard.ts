import { useEffect, useReducer } from "react";
import { graphql } from "@/gql";
import type { DashboardSubscription } from "@/gql/graphql";
import { openStream, type StreamStatus } from "@/lib/stream";
import { subscribe } from "@/lib/subscribe";

const DashboardDocument = graphql(`
  subscription Dashboard {
    dashboard {
      counts {
        queued
        running
        completed
        failed
        cancelled
      }
      running {
        id
        title
        status
        progress
        currentStage
        queuePosition
        etaSeconds
      }
      hours {
        startsAt
        finished
        failed
      }
      workerAlive
      workers {
        id
        startedAt
        songsInWork
        room
      }
    }
  }
`);

export type Overview = DashboardSubscription["dashboard"];
export type Running = Overview["running"][number];
export type Hour = Overview["hours"][number];

type State = { readonly overview: Overview | null; readonly connection: StreamStatus };
type Action = { overview: Overview } | { connection: StreamStatus };

const reducer = (state: State, action: Action): State => ({ ...state, ...action });

export const useDashboard = (): State => {
  const [state, dispatch] = useReducer(reducer, { overview: null, connection: "connecting" });
  useEffect(
    () =>
      openStream<DashboardSubscription>({
        // The overview has no end: when the server ends it, it is opened again.
        open: ({ next, lost }) => subscribe(DashboardDocument, {}, { next, lost, ended: lost }),
        onValue: ({ dashboard }) => dispatch({ overview: dashboard }),
        onStatus: (connection) => dispatch({ connection }),
      }),
    [],
  );
  return state;
};
