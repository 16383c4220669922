/** What is gone on screen and can still come back. */
export type Leaving = ReadonlySet<string>;

export type LeavingAction = { type: "leaves"; id: string } | { type: "stays"; id: string };

export const leavingReducer = (state: Leaving, { type, id }: LeavingAction): Leaving => {
  const next = new Set(state);
  if (type === "leaves") next.add(id);
  else next.delete(id);
  return next;
};
