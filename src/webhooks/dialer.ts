import { lookup } from "node:dns/promises";
import { connect as connectTcp, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { Agent, type buildConnector } from "undici";
import type { AllowedRange } from "../config.ts";
import { toError } from "../errors.ts";
import { checkAddress } from "./url-guard.ts";

/**
 * The one way out. Every outgoing webhook connects through here: the name is resolved by us, every address is vetted,
 * the connection goes to the vetted address and to no other, and the socket's peer is looked at once more. A lookup
 * hook of undici's would not do: it is never called for addresses written as literals.
 */
export interface Dialer {
  /** for requests that a caller waits for; shares neither sockets nor queue with the other one */
  readonly sync: Agent;
  /** for notifications */
  readonly notifications: Agent;
  close(): Promise<void>;
}

/** The guard refused the address. Nothing was sent. */
export class AddressRefusedError extends Error {
  override readonly name = "AddressRefusedError";
}

/** Resolves a host name to all of its addresses; passed in, so that tests can answer as a hostile name server would. */
export type Resolve = (hostname: string) => Promise<{ address: string; family: number }[]>;

const CONNECT_TIMEOUT_MS = 5_000;

export function createDialer(options: { allowed: readonly AllowedRange[]; resolve?: Resolve }): Dialer {
  const resolve: Resolve = options.resolve ?? ((hostname) => lookup(hostname, { all: true, verbatim: true }));
  const connect: buildConnector.connector = (target, callback) => {
    dial(target, resolve, options.allowed).then(
      (socket) => callback(null, socket),
      (error: unknown) => callback(toError(error), null),
    );
  };
  // HTTP/2 off: idle HTTP/2 sessions are not reaped. One request a connection at a time: a POST may not be pipelined.
  const common = { connect, allowH2: false, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 } as const;
  const sync = new Agent({ ...common, connections: 32, keepAliveTimeout: 55_000, maxOrigins: 512 });
  const notifications = new Agent({ ...common, connections: 32, keepAliveTimeout: 4_000, maxOrigins: 512 });
  return {
    sync,
    notifications,
    close: async () => {
      await Promise.all([sync.destroy(), notifications.destroy()]);
    },
  };
}

async function dial(
  target: buildConnector.Options,
  resolve: Resolve,
  allowed: readonly AllowedRange[],
): Promise<Socket> {
  const isTls = target.protocol === "https:";
  const port = target.port ? Number(target.port) : isTls ? 443 : 80;
  const host = target.hostname.replace(/^\[(.*)\]$/, "$1");
  const addresses = isIP(host) !== 0 ? [host] : (await resolve(host)).map(({ address }) => address);
  // One bad answer refuses the name: an attacker who controls it chooses the order of its answers.
  for (const address of addresses) vet(address, port, allowed);
  const address = addresses[0];
  if (address === undefined) throw new Error(`${host} has no address`);

  const socket = isTls
    ? connectTls({
        host: address,
        port,
        ...(isIP(host) === 0 && { servername: host }),
        ALPNProtocols: ["http/1.1"],
      })
    : connectTcp({ host: address, port });
  socket.setNoDelay(true);
  await connected(socket, isTls ? "secureConnect" : "connect");
  try {
    vet(socket.remoteAddress ?? "", port, allowed);
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return socket;
}

function vet(address: string, port: number, allowed: readonly AllowedRange[]): void {
  const check = checkAddress(address, port, allowed);
  if (check.outcome === "refused") throw new AddressRefusedError(check.reason);
}

function connected(socket: Socket, event: "connect" | "secureConnect"): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => settle(new Error(`no connection within ${CONNECT_TIMEOUT_MS} ms`)),
      CONNECT_TIMEOUT_MS,
    );
    const onConnect = () => settle(undefined);
    const onError = (error: Error) => settle(error);
    function settle(error: Error | undefined): void {
      clearTimeout(timer);
      socket.off(event, onConnect);
      socket.off("error", onError);
      if (error) {
        // A socket that is destroyed may still have something to say about it.
        socket.on("error", () => undefined);
        socket.destroy();
        reject(error);
      } else {
        resolve();
      }
    }
    socket.once(event, onConnect);
    socket.once("error", onError);
  });
}
