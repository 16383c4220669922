import { useSyncExternalStore } from "react";
import { goneIds, leave, watchGone } from "@/lib/leaving";

/** Take things away with a way back; see `leave`. */
export const useLeaving = (remove: (id: string) => Promise<string | null>) => ({
  leaving: useSyncExternalStore(watchGone, goneIds),
  leave: (ids: readonly string[], said: string) => leave(ids, said, remove),
});
