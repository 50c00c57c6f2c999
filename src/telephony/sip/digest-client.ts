import { randomBytes } from "node:crypto";
import type { IncomingResponseMessage, OutgoingRequestMessage } from "sip.js/lib/core/index.js";
import { answerChallenge, chooseChallenge, type DigestCredentials } from "./digest.ts";
import { headerLinesOf } from "./sip-text.ts";

/** What of a SIP.js client is needed, and not in its types. */
interface Client {
  message: OutgoingRequestMessage;
  authenticationGuard(message: IncomingResponseMessage, dialog?: Dialog): boolean;
  /** makes a new transaction, which sends the message */
  init(): void;
}
interface Dialog {
  readonly localSequenceNumber: number | undefined;
  incrementLocalSequenceNumber(): void;
}

/** A proxy's challenge after a server's, a stale nonce: more rounds than that are a loop. */
const MOST_ROUNDS = 4;

/**
 * Answers challenges to a request of ours, 401 and 407 alike (RFC 3261, 22). SIP.js would take one header only,
 * with MD5 only, ask its core for credentials, which all calls of a flow share, and in a dialog use a CSeq twice.
 *
 * @param dialog  of a request inside a call
 * @returns the header lines that the request went out with last, which its ACK has to repeat (22.1)
 */
export function answerChallenges(
  request: object,
  credentials: DigestCredentials | undefined,
  dialog?: object,
): () => string[] {
  if (!credentials) return () => [];
  const client = request as Client;
  const answered = new Map<string, { headerName: string; value: string }>();
  let rounds = 0;

  /** @returns true: the response is for whoever sent the request */
  client.authenticationGuard = (response, itsDialog) => {
    const { statusCode } = response;
    if (statusCode !== 401 && statusCode !== 407) return true;
    const [asks, headerName] =
      statusCode === 401
        ? (["www-authenticate", "authorization"] as const)
        : (["proxy-authenticate", "proxy-authorization"] as const);
    // SIP.js keeps the last line of these headers only, which may be the one that nobody can answer.
    const challenge = chooseChallenge(headerLinesOf(response.data, asks));
    if (!challenge || ++rounds > MOST_ROUNDS) return true;
    const key = `${headerName}|${challenge.realm}`;
    // The same again, not because the nonce was old: the password is wrong (22.2).
    if (answered.has(key) && !challenge.isStale) return true;
    const { message } = client;
    const value = answerChallenge(challenge, credentials, {
      method: message.method,
      uri: message.ruri.toString(),
      cnonce: randomBytes(12).toString("hex"),
      nonceCount: 1,
    });
    answered.set(key, { headerName, value });
    message.cseq = nextSequence(message, (dialog ?? itsDialog) as Dialog | undefined);
    message.setHeader("cseq", `${message.cseq} ${message.method}`);
    message.setHeader(
      headerName,
      [...answered.values()]
        .filter((answer) => answer.headerName === headerName)
        .map((answer) => answer.value),
    );
    client.init();
    return false;
  };
  return () =>
    [...answered.values()].map(
      ({ headerName, value }) =>
        `${headerName === "authorization" ? "Authorization" : "Proxy-Authorization"}: ${value}`,
    );
}

/** A dialog counts its requests itself (12.2.1.1); outside of one the next number will do. */
function nextSequence(message: OutgoingRequestMessage, dialog: Dialog | undefined): number {
  if (!dialog?.localSequenceNumber) return message.cseq + 1;
  dialog.incrementLocalSequenceNumber();
  return dialog.localSequenceNumber;
}
