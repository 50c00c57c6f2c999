import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "./global.css";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode, useMemo } from "react";
import { createRoot } from "react-dom/client";
import { Router } from "wouter";
import { queryClient } from "./api/query-client.ts";
import { sessionQuery } from "./api/session.ts";
import { App } from "./app.tsx";
import { askBeforeLeaving } from "./layout/leave-guard.ts";
import { useLanguage } from "./language/language.ts";
import { preload } from "./routes.tsx";
import { cssVariables, themeIn } from "./theme.ts";

const root = document.querySelector("#root");
if (!root) throw new Error("index.html has no #root");

// Both at once, and not one after the other once React has drawn what waits for them.
void queryClient.prefetchQuery(sessionQuery);
preload(location.pathname);

function Root() {
  const language = useLanguage();
  const theme = useMemo(() => themeIn(language), [language]);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" cssVariablesResolver={cssVariables}>
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-right" />
        <Router aroundNav={askBeforeLeaving}>
          <App />
        </Router>
      </QueryClientProvider>
    </MantineProvider>
  );
}

createRoot(root).render(
  <StrictMode>
    <Root />
  </StrictMode>,
);
