import { peaksQuery } from "../recordings/peaks-routes.ts";
import { callActivityEventShape, callFeedEventShape, callTimelineShape, peaksShape } from "./live-shapes.ts";
import type { Operation } from "./operation.ts";
import { wrapped } from "./resource-operations.ts";

const common = { tag: "Calls", isExtension: true } as const;
const contentType = "text/event-stream";

/** Calls as they happen, and as they are drawn. */
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
  {
    ...common,
    method: "get",
    path: "/calls/{id}/timeline",
    summary: "Everything of a call on one axis: what was said and done, turns, webhooks, the recording",
    errors: ["call_not_found"],
    answers: wrapped("timeline", callTimelineShape),
  },
  {
    ...common,
    method: "get",
    path: "/calls/{id}/recording/peaks",
    summary: "The picture of a call's recording: how loud each side is, in as many parts as are asked for",
    query: peaksQuery,
    errors: ["recording_not_found"],
    answers: wrapped("peaks", peaksShape),
  },
];
