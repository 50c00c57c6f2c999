import type { LiveConversation } from "./live-conversation.ts";

/** `max_duration_seconds`: the call is cut, in the middle of a word if need be (facts 3.3). */
export function watchMaxDuration({ configuration, clock, ending }: LiveConversation): void {
  const maxSeconds = configuration.max_duration_seconds;
  if (typeof maxSeconds !== "number") return;
  const cancel = clock.after(maxSeconds * 1_000, () => ending.settle({ reason: "max-duration" }));
  ending.over.addEventListener("abort", cancel, { once: true });
}
