import { useLocation } from "wouter";
import { player } from "@/audio/player";
import { useKeys } from "@/lib/keys";

const SEEK_SECONDS = 5;

const PAGES: Record<string, string> = { c: "/", l: "/library", d: "/dashboard" };

/** Keys that work on every page. */
export const useGlobalKeys = (onHelp: () => void): void => {
  const [, navigate] = useLocation();
  useKeys((event) => {
    const page = PAGES[event.key];
    if (event.key === "?") onHelp();
    else if (event.key === " " && player.snapshot().song) void player.toggle();
    else if (event.key === "ArrowLeft" && player.snapshot().song) {
      void player.seek(player.position() - SEEK_SECONDS);
    } else if (event.key === "ArrowRight" && player.snapshot().song) {
      void player.seek(player.position() + SEEK_SECONDS);
    } else if (page !== undefined) navigate(page);
    else return false;
    return true;
  });
};
