import { analysisPlanOf } from "../analysis/analysis-plan.ts";
import type { Conversation, Speech, TranscriptMessage } from "../conversation/conversation.ts";
import { extractSummary } from "../conversation/extract.ts";
import { toError } from "../errors.ts";
import { newId } from "../ids.ts";
import type { ProviderSettings } from "../speech/provider-availability.ts";
import type { LegMedia } from "../telephony/carrier.ts";
import { asWorkerMedia } from "./remote-media.ts";
import {
  conversationScope,
  requestScope,
  type HostedConversation,
  type HostedStart,
} from "./worker-contract.ts";
import type { WorkerPool } from "./worker-pool.ts";

const LOST = "Conversation failed";

/** Speech whose conversations run in the worker that has the leg's audio. @param settings  an organization's */
export function createRemoteSpeech(
  pool: Pick<WorkerPool, "choose">,
  settings: ProviderSettings,
): Speech<LegMedia> {
  return {
    async startConversation({ media, ...request }) {
      const { mediaId, process } = asWorkerMedia(media);
      const id = newId();
      const messages: TranscriptMessage[] = [];
      const { description, release } = process.lent.lend(requestScope(id), {
        ...request,
        events: {
          ...request.events,
          onMessage(message: TranscriptMessage) {
            messages.push(message);
            request.events.onMessage(message);
          },
        },
      });
      const started = await process.speech
        .startConversation(id, mediaId, settings, description)
        // The leg has ended, or its worker has: who asked knows, or is being told.
        .catch((): HostedStart => ({ outcome: "failed", error: LOST }));
      if (started.outcome === "failed") {
        release();
        return started;
      }
      // What was said while the answer was on its way has been told already, and is in the answer too.
      messages.splice(0, messages.length, ...started.messages);
      const hosted = process.lent.borrow(conversationScope(id), started.conversation) as HostedConversation;
      const conversation: Conversation = {
        ended: hosted.untilEnd().catch(() => ({ reason: "error", error: LOST })),
        messages: () => [...messages],
        digit: (digit) => hosted.digit(digit),
        typed: (text) => hosted.typed(text),
        say: (text, toTheEnd) => hosted.say(text, toTheEnd).catch(() => undefined),
        hold: () => hosted.hold(),
        resume: () => hosted.resume(),
        transferFailed: (detail) => hosted.transferFailed(detail),
        addContext: (text, respond) => hosted.addContext(text, respond),
        stop: () => hosted.stop().then(release, release),
      };
      return { outcome: "started", conversation };
    },
    async speakText({ text, configuration, media, signal }) {
      const { mediaId, process } = asWorkerMedia(media);
      try {
        return await process.speech.speakText(mediaId, settings, text, configuration, signal);
      } catch (error) {
        return { outcome: "failed", error: (error as Error).message };
      }
    },
    async summarize(messages, configuration, signal) {
      try {
        const process = pool.choose()?.process;
        return await process!.speech.summarize(settings, messages, configuration, signal);
      } catch {
        // No worker, or one that died over it: the extract needs none.
        return extractSummary(messages);
      }
    },
    async analyze(call, configuration, signal) {
      // Most calls have no plan, and need no worker for it.
      if (!analysisPlanOf(configuration)) return { outcome: "unasked" };
      try {
        const process = pool.choose()?.process;
        if (!process) return { outcome: "failed", because: "no worker process has room" };
        return await process.speech.analyze(settings, call, configuration, signal);
      } catch (error) {
        return { outcome: "failed", because: toError(error).message };
      }
    },
  };
}
