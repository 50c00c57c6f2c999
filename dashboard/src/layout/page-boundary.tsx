import { Alert, Button, Skeleton, Stack, Text } from "@mantine/core";
import { Component, Suspense, type ReactNode } from "react";
import { useLayoutWords } from "./layout-words.ts";

/** A page that breaks takes neither the navigation nor another page with it. `path`: a new page gets a new chance. */
export function PageBoundary({ path, children }: { path: string; children: ReactNode }) {
  return (
    <ErrorBoundary key={path}>
      <Suspense fallback={<PageSkeleton />}>{children}</Suspense>
    </ErrorBoundary>
  );
}

class ErrorBoundary extends Component<{ children: ReactNode }, { error?: Error }> {
  override state: { error?: Error } = {};

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    return this.state.error ? <PageFailed error={this.state.error} /> : this.props.children;
  }
}

function PageFailed({ error }: { error: Error }) {
  const words = useLayoutWords();
  return (
    <Alert color="red" variant="light" title={words.pageFailed} role="alert">
      <Text>{words.pageFailedHelp}</Text>
      <Text ff="monospace" size="sm" my="xs">
        {error.message}
      </Text>
      <Button size="xs" variant="default" onClick={() => location.reload()}>
        {words.reload}
      </Button>
    </Alert>
  );
}

/** Of the size of a page's head, so that nothing jumps when it comes. */
function PageSkeleton() {
  const words = useLayoutWords();
  return (
    <Stack gap="lg" aria-busy>
      <span className="visually-hidden">{words.loadingPage}</span>
      <Skeleton height={31} width={200} />
      <Skeleton height={240} />
    </Stack>
  );
}
