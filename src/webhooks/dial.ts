import { connect as connectTcp, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { Clock } from "../clock.ts";
import type { AllowedRange } from "../config.ts";
import type { DialTimings } from "./connection-trace.ts";
import type { Resolve } from "./name-cache.ts";
import { checkAddress } from "./url-guard.ts";

/** The guard refused the address. Nothing was sent. */
export class AddressRefusedError extends Error {
  override readonly name = "AddressRefusedError";
}

const CONNECT_WITHIN_MS = 5_000;

/**
 * Opens one connection to a vetted address: the name is resolved by us, every address of the answer is vetted, the
 * connection goes to one of them and to no other, and the socket's peer is looked at once more. A name that answers
 * differently a moment later gains nothing: it is not asked again.
 *
 * @throws AddressRefusedError, or what the network says
 */
export async function dial(
  origin: URL,
  options: { resolve: Resolve; allowed: readonly AllowedRange[]; clock: Clock },
): Promise<{ socket: Socket; timings: DialTimings }> {
  const { clock, allowed } = options;
  const isTls = origin.protocol === "https:";
  const port = origin.port ? Number(origin.port) : isTls ? 443 : 80;
  const host = origin.hostname.replace(/^\[(.*)\]$/, "$1");
  const isLiteral = isIP(host) !== 0;

  const startedMs = clock.monotonicMs();
  const addresses = isLiteral ? [host] : (await options.resolve(host)).map(({ address }) => address);
  // One bad answer refuses the name: an attacker who controls it chooses the order of its answers.
  for (const address of addresses) vet(address, port, allowed);
  const address = addresses[0];
  if (address === undefined) throw new Error(`${host} has no address`);
  const resolvedMs = clock.monotonicMs();

  const tcp = connectTcp({ host: address, port });
  tcp.setNoDelay(true);
  await opened(tcp, "connect", clock);
  try {
    vet(tcp.remoteAddress ?? "", port, allowed);
  } catch (error) {
    tcp.destroy();
    throw error;
  }
  const connectedMs = clock.monotonicMs();
  const timings: DialTimings = {
    dnsMs: isLiteral ? undefined : resolvedMs - startedMs,
    connectMs: connectedMs - resolvedMs,
    tlsMs: undefined,
  };
  if (!isTls) return { socket: tcp, timings };

  const tls = connectTls({
    socket: tcp,
    ...(!isLiteral && { servername: host }),
    // Without a name the certificate is checked against the address.
    ...(isLiteral && { host: address }),
    ALPNProtocols: ["http/1.1"],
  });
  await opened(tls, "secureConnect", clock);
  timings.tlsMs = clock.monotonicMs() - connectedMs;
  return { socket: tls, timings };
}

function vet(address: string, port: number, allowed: readonly AllowedRange[]): void {
  const check = checkAddress(address, port, allowed);
  if (check.outcome === "refused") throw new AddressRefusedError(check.reason);
}

function opened(socket: Socket, event: "connect" | "secureConnect", clock: Clock): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(CONNECT_WITHIN_MS, () =>
      settle(new Error(`no connection within ${CONNECT_WITHIN_MS} ms`)),
    );
    const onOpen = () => settle(undefined);
    const onError = (error: Error) => settle(error);
    const onClose = () => settle(new Error("the connection was closed while it was being opened"));
    function settle(error: Error | undefined): void {
      cancel();
      socket.off(event, onOpen);
      socket.off("error", onError);
      socket.off("close", onClose);
      if (!error) {
        resolve();
        return;
      }
      // A socket that is destroyed may still have something to say about it.
      socket.on("error", () => undefined);
      socket.destroy();
      reject(error);
    }
    socket.once(event, onOpen);
    socket.once("error", onError);
    socket.once("close", onClose);
  });
}
