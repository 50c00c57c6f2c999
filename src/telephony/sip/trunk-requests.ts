import type { IncomingResponse, OutgoingRequestMessage } from "sip.js/lib/core/index.js";
import { URI } from "sip.js/lib/grammar/index.js";
import type { Clock } from "../../clock.ts";
import { toError } from "../../errors.ts";
import type { CarrierTrunk } from "../carrier.ts";
import { answerChallenges } from "./digest-client.ts";
import { transportParameter, type Flow, type SipEndpoint } from "./sip-endpoint.ts";
import { openTrunkFlow } from "./trunk-flow.ts";

/** What came of a request to a trunk that belongs to no call. */
export type TrunkAnswer =
  | { outcome: "answered"; statusCode: number; latencyMs: number; header(name: string): string | undefined }
  /** nobody there, or nobody who answers in time; `detail` says which */
  | { outcome: "silent"; detail: string };

export interface RegisterAnswer {
  answer: TrunkAnswer;
  /** what the registrar granted; undefined: it did not register us */
  expiresSeconds: number | undefined;
}

/** One registration's identity (RFC 3261, 10.2.4): the same Call-ID, and a CSeq that counts, as long as we live. */
export interface RegistrationDialog {
  callId: string | undefined;
  cseq: number;
}

export interface TrunkRequests {
  /** Asks whether a trunk is there (RFC 3261, 11). Never rejects. */
  sendOptions(trunk: CarrierTrunk): Promise<TrunkAnswer>;
  /** Says that we are where its calls go (RFC 3261, 10). Never rejects. @param expiresSeconds  0: no longer */
  sendRegister(
    trunk: CarrierTrunk,
    dialog: RegistrationDialog,
    expiresSeconds: number,
  ): Promise<RegisterAnswer>;
}

/** Timer F would wait for 32 s: a trunk that needs so long for an empty request takes no calls either. */
const ANSWER_WITHIN_MS = 5_000;

export function createTrunkRequests(options: { endpoint: SipEndpoint; clock: Clock }): TrunkRequests {
  const { endpoint, clock } = options;

  async function open(trunk: CarrierTrunk): Promise<Flow | { problem: string }> {
    try {
      return (await openTrunkFlow(endpoint, trunk)).flow;
    } catch (error) {
      return { problem: toError(error).message };
    }
  }

  async function send(
    trunk: CarrierTrunk,
    flow: Flow,
    message: OutgoingRequestMessage,
  ): Promise<{ answer: TrunkAnswer; response?: IncomingResponse["message"] }> {
    const startedMs = clock.monotonicMs();
    // The answer may come from another port than the request went to.
    const unbind = endpoint.bindCall(message.callId, flow);
    const settled = Promise.withResolvers<IncomingResponse["message"] | undefined>();
    const settle = ({ message: response }: IncomingResponse) => settled.resolve(response);
    const request = flow.core.request(message, { onAccept: settle, onReject: settle, onRedirect: settle });
    answerChallenges(request, trunk.credentials);
    const cancelWait = clock.after(ANSWER_WITHIN_MS, () => settled.resolve(undefined));
    const response = await settled.promise;
    cancelWait();
    unbind();
    // A response without headers is SIP.js's own word for a timer, or a connection that broke.
    if (!response?.callId) {
      // A connection that somebody between has forgotten takes everything and answers nothing: the next one is new.
      if (!response) flow.path.close();
      const detail = response?.statusCode === 503 ? "the connection broke" : "no answer in time";
      return { answer: { outcome: "silent", detail } };
    }
    const answer: TrunkAnswer = {
      outcome: "answered",
      statusCode: response.statusCode ?? 500,
      latencyMs: Math.round(clock.monotonicMs() - startedMs),
      header: (name) => response.getHeader(name),
    };
    return { answer, response };
  }

  return {
    async sendOptions(trunk) {
      const flow = await open(trunk);
      if ("problem" in flow) return { outcome: "silent", detail: flow.problem };
      const uri = uriOf(trunk, undefined);
      const own = flow.core.configuration.contact.uri;
      const message = flow.core.makeOutgoingRequestMessage("OPTIONS", uri, own, uri, {}, [
        "Accept: application/sdp",
        `Contact: ${flow.core.configuration.contact.toString()}`,
      ]);
      return (await send(trunk, flow, message)).answer;
    },
    async sendRegister(trunk, dialog, expiresSeconds) {
      const flow = await open(trunk);
      if ("problem" in flow) {
        return { answer: { outcome: "silent", detail: flow.problem }, expiresSeconds: undefined };
      }
      const user = trunk.credentials?.username;
      const aor = uriOf(trunk, user);
      const contact = flow.core.configuration.contact.uri.clone();
      contact.user = user;
      dialog.cseq++;
      const message = flow.core.makeOutgoingRequestMessage(
        "REGISTER",
        uriOf(trunk, undefined),
        aor,
        aor,
        { cseq: dialog.cseq, ...(dialog.callId !== undefined && { callId: dialog.callId }) },
        [`Contact: <${contact.toString()}>`, `Expires: ${expiresSeconds}`],
      );
      dialog.callId = message.callId;
      const { answer, response } = await send(trunk, flow, message);
      dialog.cseq = message.cseq;
      const isAccepted = response?.statusCode !== undefined && response.statusCode < 300;
      return {
        answer,
        expiresSeconds: isAccepted
          ? grantedSeconds(response.getHeaders("contact"), response.getHeader("expires"), {
              own: contact.toString(),
              asked: expiresSeconds,
            })
          : undefined,
      };
    },
  };
}

function uriOf(trunk: CarrierTrunk, user: string | undefined): URI {
  const host = trunk.address.includes(":") ? `[${trunk.address}]` : trunk.address;
  const isDefault = trunk.port === (trunk.protocol === "TLS" ? 5_061 : 5_060);
  return new URI(
    "sip",
    user as string,
    host,
    isDefault ? undefined : trunk.port,
    transportParameter(trunk.protocol),
  );
}

/** The registrar's word: our Contact's `expires`, else the Expires header, else what we asked for (RFC 3261, 10.2.4). Pure. */
export function grantedSeconds(
  contacts: readonly string[],
  expires: string | undefined,
  ours: { own: string; asked: number },
): number {
  const bare = (uri: string) => uri.split(";", 1)[0]!.toLowerCase();
  const own = contacts
    .flatMap((line) => line.split(/,(?=\s*(?:"[^"]*"\s*)?<?sips?:)/i))
    .find((contact) => bare(/<([^>]+)>/.exec(contact)?.[1] ?? contact.trim()) === bare(ours.own));
  const said = own && /;\s*expires\s*=\s*"?(\d{1,9})/i.exec(own)?.[1];
  const seconds = Number(said ?? (/^\d{1,9}$/.test(expires?.trim() ?? "") ? expires : ours.asked));
  return Math.min(seconds, 86_400);
}
