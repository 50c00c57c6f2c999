import { callActivityEventShape, callFeedEventShape } from "./live-shapes.ts";
import type { Operation } from "./operation.ts";

const common = { tag: "Calls", isExtension: true } as const;
const contentType = "text/event-stream";

/** Calls as they happen. */
export const liveOperations: Operation[] = [
  {
    ...common,
    method: "get",
    path: "/calls/stream",
    summary:
      "The running calls and every change of them (server-sent events), whichever process carries them",
    answers: {
      200: {
        description: "Events; who comes back begins with the calls of that moment",
        contentType,
        schema: callFeedEventShape,
      },
    },
  },
  {
    ...common,
    method: "get",
    path: "/calls/{id}/stream",
    summary: "What is said and done in a call, from its beginning and as it happens (server-sent events)",
    errors: ["call_not_found"],
    answers: {
      200: {
        description: "Events; `Last-Event-ID` resumes, `end` is the last",
        contentType,
        schema: callActivityEventShape,
      },
    },
  },
];
