import { useRoute } from "wouter";
import { Providers } from "@/app/Providers";
import { Routes } from "@/app/Routes";
import { SharedStudio } from "@/app/SharedStudio";
import { Shell } from "@/app/Shell";
import { SignIn } from "@/app/SignIn";
import { useSession } from "@/app/useSession";
import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";

const SHARED = "/listen/:token";

/** A link is for anybody; everything else asks who is there. */
export const App = () => {
  const [shared, parts] = useRoute(SHARED);
  return shared ? <SharedStudio token={parts.token} /> : <OwnStudio />;
};

const OwnStudio = () => {
  const { state, retry } = useSession();
  if (state === "opening") return null;
  if (state === "unreachable") {
    return (
      <main>
        <Notice
          alone
          title="The studio cannot reach its server"
          tone="bad"
          action={<Button onClick={retry}>Try again</Button>}
        >
          It may still be starting. This page tries again by itself.
        </Notice>
      </main>
    );
  }
  if (state === "signedOut") return <SignIn />;
  return (
    <Providers>
      <Shell>
        <Routes />
      </Shell>
    </Providers>
  );
};
