import { lazy, Suspense } from "react";
import { Link, Route, Switch } from "wouter";
import { Notice, Skeleton } from "@/components/Notice";
import { CreatePage } from "@/features/create/CreatePage";
import { SongPage } from "@/features/song/SongPage";

const LibraryPage = lazy(async () => ({
  default: (await import("@/features/library/LibraryPage")).LibraryPage,
}));
const DashboardPage = lazy(async () => ({
  default: (await import("@/features/dashboard/DashboardPage")).DashboardPage,
}));
const ConnectPage = lazy(async () => ({
  default: (await import("@/features/connect/ConnectPage")).ConnectPage,
}));

export const Routes = () => (
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
);
