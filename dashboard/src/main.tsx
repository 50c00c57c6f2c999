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
import { preload, SignInPage } from "./routes.tsx";
import { cssVariables, themeIn } from "./theme.ts";

const root = document.querySelector("#root");
if (!root) throw new Error("index.html has no #root");

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

/** Beyond it a frame with words is better than nothing. */
const MOST_BLANK_MS = 500;

/**
 * The page and who reads it at once, and both before anything is drawn: what React shows in their place would stay for
 * 300 ms, however soon they come.
 */
async function untilPrepared(): Promise<void> {
  await Promise.race([
    Promise.allSettled([preload(location.pathname), prepareSession()]),
    new Promise((resolve) => setTimeout(resolve, MOST_BLANK_MS)),
  ]);
}

async function prepareSession(): Promise<void> {
  await queryClient.prefetchQuery(sessionQuery);
  if (queryClient.getQueryData(sessionQuery.queryKey) === null) await SignInPage.load();
}

void untilPrepared().then(() =>
  createRoot(root).render(
    <StrictMode>
      <Root />
    </StrictMode>,
  ),
);
