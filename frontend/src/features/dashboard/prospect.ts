import { titleCase } from "@/lib/format";
import type { Running } from "./useDashboard";

/** What happens to a song now, and how long it will take. */
export const whatItIsAt = ({
  status,
  currentStage,
  queuePosition,
  etaSeconds,
}: Running): string => {
  const eta = etaSeconds ? `about ${etaSeconds} s left` : null;
  if (status === "QUEUED") {
    const place = queuePosition ? `Number ${queuePosition} in line` : "Waiting";
    return [place, eta].filter(Boolean).join(", ");
  }
  const stage = currentStage ? titleCase(currentStage.toLowerCase()) : "Being made";
  return [stage, eta].filter(Boolean).join(", ");
};
