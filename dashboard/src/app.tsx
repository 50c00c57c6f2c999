import { Route, Switch, useLocation } from "wouter";
import { NotFound } from "./layout/not-found.tsx";
import { PageBoundary } from "./layout/page-boundary.tsx";
import { Shell } from "./layout/shell.tsx";
import { routes } from "./routes.tsx";

export function App() {
  const [path] = useLocation();
  return (
    <Shell>
      <PageBoundary path={path}>
        <Switch>
          {routes.map((route) => (
            <Route key={route.path} path={route.path} component={route.page} />
          ))}
          <Route component={NotFound} />
        </Switch>
      </PageBoundary>
    </Shell>
  );
}
