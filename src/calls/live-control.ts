import type { Conversation, TransferOutcome, TransferRequest } from "../conversation/conversation.ts";
import type { LegMedia } from "../telephony/carrier.ts";
import { toTransferRequest, type CallCommand, type CommandAnswer } from "./call-command.ts";
import type { CallContext, ClosedCall } from "./call-context.ts";
import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { LiveCall } from "./live-calls.ts";
import { handOver } from "./transfer.ts";

export type End = Pick<ClosedCall, "status" | "reason" | "error">;

/** Who has the caller's ear. */
export type Listener =
  | "assistant"
  /** a transfer has begun: its announcement, ringing, a person who is being asked */
  | "transferring"
  /** somebody else, through us */
  | "bridged";

export interface Control extends LiveCall {
  /** settles when a command or a transfer has ended the call */
  readonly ended: Promise<End>;
  readonly listener: Listener;
  /** The one way to hand a call over, for the tool, the API and workflows. Never rejects. */
  transfer(request: TransferRequest): Promise<TransferOutcome>;
}

const TRANSFERRED: End = { status: "transferred", reason: "transferred" };

/** What can be done with a call in progress: commands are taken at once, and one after the other where they speak. */
export function controlOf(options: {
  context: CallContext;
  conversation: Conversation;
  media: LegMedia;
  configuration: AssistantConfiguration;
}): Control {
  const { conversation, media, configuration } = options;
  const { call, leg, speech, over, ports, tell } = options.context;
  const { promise: ended, resolve: end } = Promise.withResolvers<End>();
  let listener: Listener = "assistant";

  async function transfer(request: TransferRequest): Promise<TransferOutcome> {
    const { destination, announcement } = request;
    if (listener !== "assistant")
      return { outcome: "failed", detail: "the call is being transferred already" };
    listener = "transferring";
    // What cannot be said (the conversation is closing) must not leave the call between two listeners.
    if (announcement) await conversation.say(announcement, true).catch(() => undefined);
    conversation.hold();
    const { messages } = conversation;
    const result = await handOver(
      { call, leg, media, speech, configuration, messages, over },
      request,
      ports,
    );
    const detail = result.outcome === "failed" ? result.detail : undefined;
    tell({ type: "transfer", destination, outcome: detail === undefined ? "transferred" : "failed", detail });
    switch (result.outcome) {
      case "failed":
        listener = "assistant";
        conversation.resume();
        return result;
      case "transferred":
        end(TRANSFERRED);
        return result;
      case "bridged":
        listener = "bridged";
        // The call goes on without it: its providers cost money, and their sessions end by themselves in silence.
        void conversation.stop();
        void result.over.then(() => end(TRANSFERRED));
        return { outcome: "transferred" };
    }
  }

  async function transferByCommand(request: TransferRequest): Promise<void> {
    const result = await transfer(request);
    if (result.outcome === "failed") conversation.transferFailed(result.detail);
  }

  function finish(said: Promise<void>): void {
    void said.then(() =>
      end(listener === "bridged" ? TRANSFERRED : { status: "ended", reason: "ended_by_api" }),
    );
  }

  /** Hanging up works always; for the rest there is nobody who could say or hear it. */
  function refusalOf(what: CallCommand): string | undefined {
    if (listener === "assistant" || what.type === "end-call") return undefined;
    return listener === "bridged" ? "The call has been transferred" : "The call is being transferred";
  }

  function command(what: CallCommand): CommandAnswer {
    const refusal = refusalOf(what);
    if (refusal !== undefined) return { outcome: "refused", detail: refusal };
    switch (what.type) {
      case "inject-context":
        conversation.addContext(what.content, what.trigger_response);
        break;
      case "say": {
        const said = conversation.say(what.content);
        if (what.end_after) finish(said);
        break;
      }
      case "end-call":
        finish(what.message && listener === "assistant" ? conversation.say(what.message) : Promise.resolve());
        break;
      case "transfer":
        void transferByCommand(toTransferRequest(what));
    }
    return { outcome: "taken" };
  }

  return {
    ended,
    command,
    refusalOf,
    transfer,
    get listener() {
      return listener;
    },
  };
}
