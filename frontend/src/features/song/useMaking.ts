import { useEffect, useReducer, useRef } from "react";
import { graphql } from "@/gql";
import type { ProjectEventsSubscription, ProjectStatus } from "@/gql/graphql";
import { openStream } from "@/lib/stream";
import { subscribe } from "@/lib/subscribe";
import { isActive, isLast, type Making, makingReducer, NOTHING_HEARD } from "./makingReducer";

const ProjectEventsDocument = graphql(`
  subscription ProjectEvents($projectId: ID!, $after: String) {
    projectEvents(projectId: $projectId, after: $after) {
      id
      type
      message
      at
      project {
        id
        status
        progress
        currentStage
        queuePosition
        etaSeconds
        error
        stages {
          ...StageParts
        }
      }
    }
  }
`);

/** Watches a song while it is made; goes on after the last event when the connection was lost. */
export const useMaking = (
  projectId: string,
  status: ProjectStatus | undefined,
  onGrowth: () => void,
): Making => {
  const [state, dispatch] = useReducer(makingReducer, NOTHING_HEARD);
  const cursor = useRef<string | null>(null);
  const grown = useRef(onGrowth);
  grown.current = onGrowth;
  const active = isActive(status);

  useEffect(() => {
    if (!active) return;
    dispatch({ type: "restart" });
    let finished = false;
    return openStream<ProjectEventsSubscription>({
      open: ({ next, lost, ended }) =>
        subscribe(
          ProjectEventsDocument,
          { projectId, after: cursor.current },
          // A server that is going down ends its streams too; the song itself is not over.
          { next, lost, ended: () => (finished ? ended() : lost()) },
        ),
      onValue: ({ projectEvents: event }) => {
        cursor.current = event.id;
        finished = isLast(event);
        dispatch({ type: "event", event });
      },
      onStatus: (connection) => dispatch({ type: "connection", status: connection }),
    });
  }, [projectId, active]);

  useEffect(() => {
    if (state.growth > 0 || state.connection === "ended") grown.current();
  }, [state.growth, state.connection]);

  return state;
};
