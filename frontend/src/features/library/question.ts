import type { ProjectOrder, ProjectStatus } from "@/gql/graphql";

export type Filter = ProjectStatus | "ALL";

/** Which songs are shown, in which order; all of it stands in the address. */
export type Question = {
  readonly search: string;
  readonly filter: Filter;
  readonly order: ProjectOrder;
};

const FILTERS: Readonly<Record<Filter, true>> = {
  ALL: true,
  COMPLETED: true,
  RUNNING: true,
  QUEUED: true,
  FAILED: true,
  CANCELLED: true,
};
const ORDERS: Readonly<Record<ProjectOrder, true>> = {
  NEWEST: true,
  OLDEST: true,
  TITLE: true,
  LENGTH: true,
};

export const isFilter = (word: string): word is Filter => Object.hasOwn(FILTERS, word);
export const isOrder = (word: string): word is ProjectOrder => Object.hasOwn(ORDERS, word);

export const isNarrowed = ({ search, filter }: Question): boolean =>
  filter !== "ALL" || search.trim() !== "";

/** What an address asks for; what it says wrongly is as if it were left out. */
export const questionOf = (params: URLSearchParams): Question => {
  const filter = params.get("status")?.toUpperCase() ?? "";
  const order = params.get("order")?.toUpperCase() ?? "";
  return {
    search: params.get("q") ?? "",
    filter: isFilter(filter) ? filter : "ALL",
    order: isOrder(order) ? order : "NEWEST",
  };
};

/** The address that asks it, as short as it can be. */
export const paramsOf = ({ search, filter, order }: Question): URLSearchParams =>
  new URLSearchParams({
    ...(search && { q: search }),
    ...(filter !== "ALL" && { status: filter.toLowerCase() }),
    ...(order !== "NEWEST" && { order: order.toLowerCase() }),
  });
