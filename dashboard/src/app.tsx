import { Route, Switch, useLocation } from "wouter";
import { whenSignedOut } from "./api/client.ts";
import { endSession, useSessionState } from "./api/session.ts";
import { ErrorNotice } from "./components/error-notice.tsx";
import { NotFound } from "./layout/not-found.tsx";
import { PageBoundary } from "./layout/page-boundary.tsx";
import { PublicFrame } from "./layout/public-frame.tsx";
import { Shell } from "./layout/shell.tsx";
import { publicRoutes, routes, SignInPage, type PageRoute } from "./routes.tsx";

whenSignedOut(endSession);

/** Who has not signed in sees the sign-in page at every address, and after it what they came for. */
export function App() {
  const [path] = useLocation();
  const session = useSessionState();
  const isPublic = publicRoutes.some((route) => route.path === path);
  if (isPublic) {
    return (
      <PublicFrame>
        <Pages path={path} of={publicRoutes} />
      </PublicFrame>
    );
  }
  if (session.data) {
    return (
      <Shell>
        <Pages path={path} of={routes} />
      </Shell>
    );
  }
  return (
    <PublicFrame>
      {session.error ? (
        <ErrorNotice error={session.error} onRetry={() => void session.refetch()} />
      ) : (
        session.data === null && (
          <PageBoundary path="sign-in">
            <SignInPage />
          </PageBoundary>
        )
      )}
    </PublicFrame>
  );
}

function Pages({ path, of }: { path: string; of: readonly PageRoute[] }) {
  return (
    <PageBoundary path={path}>
      <Switch>
        {of.map((route) => (
          <Route key={route.path} path={route.path} component={route.page} />
        ))}
        <Route component={NotFound} />
      </Switch>
    </PageBoundary>
  );
}
