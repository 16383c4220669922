import { useEffect, useState, useSyncExternalStore } from "react";
import { session } from "@/lib/session";

type SessionState = "opening" | "open" | "signedOut" | "unreachable";

const RETRY_MS = 2_000;

/** Ask for a token before the first request; without one there is nothing to show. */
export const useSession = () => {
  const token = useSyncExternalStore(session.subscribe, session.snapshot);
  const [asked, setAsked] = useState<"not yet" | "answered" | "unreachable">("not yet");
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt or a lost token asks again
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    session.token().then(
      () => setAsked("answered"),
      () => {
        setAsked("unreachable");
        timer = setTimeout(() => setAttempt((n) => n + 1), RETRY_MS);
      },
    );
    return () => clearTimeout(timer);
  }, [attempt, token]);

  const state: SessionState =
    token !== null
      ? "open"
      : asked === "answered"
        ? "signedOut"
        : asked === "unreachable"
          ? "unreachable"
          : "opening";
  return { state, retry: () => setAttempt((n) => n + 1) };
};
