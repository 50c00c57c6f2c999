import { createSocket } from "node:dgram";

const MOST_KNOWN = 1_000;

/** Which of our addresses the routing table uses towards a peer; asked once a peer. Where we listen on one, it is that. */
export function createLocalAddresses(host: string): (remoteAddress: string) => Promise<string> {
  const known = new Map<string, Promise<string>>();
  if (host === "localhost") return () => Promise.resolve("127.0.0.1");
  if (host !== "0.0.0.0" && host !== "::") return () => Promise.resolve(host);
  return (remoteAddress) => {
    const before = known.get(remoteAddress);
    if (before) return before;
    const asked = askLocalAddress(remoteAddress);
    if (known.size > MOST_KNOWN) known.clear();
    known.set(remoteAddress, asked);
    return asked;
  };
}

async function askLocalAddress(remoteAddress: string): Promise<string> {
  const probe = createSocket(remoteAddress.includes(":") ? "udp6" : "udp4");
  const address = await new Promise<string>((resolve) => {
    // No route: nothing that is sent arrives anyhow.
    probe.once("error", () => resolve("127.0.0.1"));
    probe.connect(9, remoteAddress, () => resolve(probe.address().address));
  });
  probe.close();
  return address;
}
