import { EventEmitter } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export interface ReceivedEmail {
  from: string;
  to: string[];
  /** headers and body as they came */
  raw: string;
}

/** An SMTP server on loopback that wants a login, remembers what it got, and refuses what it is told to. */
export interface MailServer {
  /** smtp://user:password@… */
  url: string;
  received: ReceivedEmail[];
  /** an SMTP answer for a recipient, as `550 no such mailbox`; undefined: taken */
  refuseRecipient: (address: string) => string | undefined;
  /** an SMTP answer to the message; "hang": it is read and never answered */
  refuseMessage: () => string | undefined;
  /** Resolves when `count` e-mails are here. */
  waitFor(count: number): Promise<void>;
  /** how many messages it began to take, hung ones included */
  begun: number;
  close(): Promise<void>;
}

export const SMTP_PASSWORD = "correct-horse";

export async function createMailServer(): Promise<MailServer> {
  const refusal = (answer: string | undefined) =>
    answer === undefined
      ? undefined
      : Object.assign(new Error(answer.slice(4)), { responseCode: Number(answer.slice(0, 3)) });
  const events = new EventEmitter();
  const server = new SMTPServer({
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    onAuth: (auth, _session, done) =>
      auth.username === "switchhook" && auth.password === SMTP_PASSWORD
        ? done(null, { user: "switchhook" })
        : done(Object.assign(new Error("Invalid login"), { responseCode: 535 })),
    onRcptTo: (address, _session, done) => done(refusal(mail.refuseRecipient(address.address))),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        mail.begun++;
        const answer = mail.refuseMessage();
        if (answer === "hang") return;
        const refused = refusal(answer);
        if (!refused) {
          const { mailFrom, rcptTo } = session.envelope;
          mail.received.push({
            from: mailFrom ? mailFrom.address : "",
            to: rcptTo.map(({ address }) => address),
            raw: Buffer.concat(chunks).toString(),
          });
        }
        done(refused);
        events.emit("email");
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  const mail: MailServer = {
    url: `smtp://switchhook:${SMTP_PASSWORD}@127.0.0.1:${port}`,
    received: [],
    refuseRecipient: () => undefined,
    refuseMessage: () => undefined,
    begun: 0,
    async waitFor(count) {
      while (mail.received.length < count) await new Promise((resolve) => events.once("email", resolve));
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return mail;
}
