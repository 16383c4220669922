import type { ProjectEventsSubscription, ProjectStatus } from "@/gql/graphql";
import type { StreamStatus } from "@/lib/stream";

export type MakingEvent = ProjectEventsSubscription["projectEvents"];

/** What has been heard about a song while it is made. */
export type Making = {
  readonly connection: StreamStatus;
  /** The last event; the next connection goes on after it. */
  readonly cursor: string | null;
  readonly seen: ReadonlySet<string>;
  readonly project: MakingEvent["project"] | null;
  readonly message: string | null;
  readonly at: string | null;
  /** How often the song has grown: each step is a reason to fetch it. */
  readonly growth: number;
};

export type MakingAction =
  | { type: "event"; event: MakingEvent }
  | { type: "connection"; status: StreamStatus }
  | { type: "restart" };

export const NOTHING_HEARD: Making = {
  connection: "connecting",
  cursor: null,
  seen: new Set(),
  project: null,
  message: null,
  at: null,
  growth: 0,
};

/** After this event nothing more comes. */
export const isLast = ({ type }: MakingEvent): boolean =>
  type === "PROJECT_COMPLETED" || type === "PROJECT_FAILED" || type === "PROJECT_CANCELLED";

export const isActive = (status: ProjectStatus | undefined): boolean =>
  status === "QUEUED" || status === "RUNNING";

/**
 * The project with what has been heard of it. Once an answer says that it is over, nothing heard
 * counts any more: the event that would say so may come later, and then nobody listens.
 */
export const withHeard = <P extends { status: ProjectStatus }>(project: P, making: Making): P =>
  isActive(project.status) ? { ...project, ...making.project } : project;

const grows = (type: MakingEvent["type"]): boolean =>
  type !== "STAGE_PROGRESS" && type !== "STAGE_STARTED";

export const makingReducer = (state: Making, action: MakingAction): Making => {
  switch (action.type) {
    case "restart":
      return { ...NOTHING_HEARD, cursor: state.cursor, seen: state.seen };
    case "connection":
      return state.connection === action.status ? state : { ...state, connection: action.status };
    case "event": {
      const { event } = action;
      if (state.seen.has(event.id)) return state;
      return {
        ...state,
        cursor: event.id,
        seen: new Set(state.seen).add(event.id),
        project: event.project,
        message: event.message ?? state.message,
        at: event.at,
        growth: state.growth + (grows(event.type) ? 1 : 0),
      };
    }
  }
};
