import { QueryClient } from "@tanstack/react-query";
import { ApiFailure } from "./failure.ts";

const RETRIES = 2;

/** One for the page's life. What is shown may be 10 s old when one comes back to it; then it is asked for anew. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal stays one; only what may be different in a moment is asked again.
      retry: (count, error) => count < RETRIES && mayPass(error),
    },
    mutations: { retry: false },
  },
});

function mayPass(error: Error): boolean {
  return !(error instanceof ApiFailure) || error.status === 0 || error.status >= 500;
}
