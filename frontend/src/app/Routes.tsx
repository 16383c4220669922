import { lazy, Suspense, useEffect } from "react";
import { Link, Route, Switch, useLocation } from "wouter";
import { PageBoundary } from "@/app/PageBoundary";
import { Notice, Skeleton } from "@/components/Notice";
import { CreatePage } from "@/features/create/CreatePage";

const loadSong = () => import("@/features/song/SongPage");
const loadLibrary = () => import("@/features/library/LibraryPage");
const loadDashboard = () => import("@/features/dashboard/DashboardPage");
const loadConnect = () => import("@/features/connect/ConnectPage");

const SongPage = lazy(async () => ({ default: (await loadSong()).SongPage }));
const LibraryPage = lazy(async () => ({ default: (await loadLibrary()).LibraryPage }));
const DashboardPage = lazy(async () => ({ default: (await loadDashboard()).DashboardPage }));
const ConnectPage = lazy(async () => ({ default: (await loadConnect()).ConnectPage }));

const SETTLED_MS = 2_000;

const ahead = (load: () => Promise<unknown>): void => void load().catch(() => {});

/**
 * Fetch the other pages before they are asked for: they open at once, and offline too.
 *
 * The song's comes first, right after the first page is drawn: whoever writes a sentence goes there.
 */
const usePagesAhead = () => {
  useEffect(() => {
    const song = setTimeout(ahead, 0, loadSong);
    const others = setTimeout(
      () => [loadLibrary, loadDashboard, loadConnect].forEach(ahead),
      SETTLED_MS,
    );
    return () => {
      clearTimeout(song);
      clearTimeout(others);
    };
  }, []);
};

export const Routes = () => {
  const [location] = useLocation();
  usePagesAhead();
  return (
    <PageBoundary key={location}>
      <Suspense fallback={<Skeleton lines={4} />}>
        <Switch>
          <Route path="/">
            <CreatePage />
          </Route>
          <Route path="/songs/:id">{({ id }) => <SongPage key={id} id={id} />}</Route>
          <Route path="/library">
            <LibraryPage />
          </Route>
          <Route path="/dashboard">
            <DashboardPage />
          </Route>
          <Route path="/api">
            <ConnectPage />
          </Route>
          <Route>
            <Notice alone title="There is no such page" action={<Link href="/">To the start</Link>}>
              The address may be mistyped.
            </Notice>
          </Route>
        </Switch>
      </Suspense>
    </PageBoundary>
  );
};
