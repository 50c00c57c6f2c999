export { createWebCall } from "./web-call.ts";
export type { WebCall, WebCallOptions, WebCallState, WebCallToken } from "./web-call.ts";
export type { TranscriptLine } from "./transcript.ts";
export { SwitchhookCallElement } from "./call-element.ts";
export type { CallWords } from "./call-words.ts";
