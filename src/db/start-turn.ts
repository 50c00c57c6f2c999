import { createHash } from "node:crypto";
import { createServer } from "node:net";
import path from "node:path";

/** Ends the turn; may be called twice. */
export type EndTurn = () => Promise<void>;

const LOOK_EVERY_MS = 25;
/** Far more than a start takes. After it we go on: the lock in the database has the last word in any case. */
const LONGEST_WAIT_MS = 20_000;

/**
 * Waits until no other process of this machine is in the middle of its start on the folder: two that make the same
 * cluster or the same key at once would spoil it, and one would take the other's PostgreSQL, which nobody has locked yet,
 * for an orphan. A name in the kernel and not a file, because it disappears with its process, also by kill -9.
 *
 * Linux and Windows have such names; elsewhere nothing is waited for.
 */
export async function takeStartTurn(dataDirectory: string): Promise<EndTurn> {
  const name = nameOf(dataDirectory);
  if (name === undefined) return () => Promise.resolve();
  const untilMs = performance.now() + LONGEST_WAIT_MS;
  for (;;) {
    const end = await tryListen(name);
    if (end) return end;
    if (performance.now() > untilMs) return () => Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

function nameOf(dataDirectory: string): string | undefined {
  const folder = createHash("sha256").update(path.resolve(dataDirectory)).digest("hex").slice(0, 32);
  // The zero at the front makes it an abstract name, which is no file (unix(7)).
  if (process.platform === "linux") return `\0switchhook-start-${folder}`;
  if (process.platform === "win32") return String.raw`\\.\pipe\switchhook-start-${folder}`;
  return undefined;
}

/** @returns undefined when another process has it */
function tryListen(name: string): Promise<EndTurn | undefined> {
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(undefined);
      else reject(error);
    });
    server.listen({ path: name, exclusive: true }, () => {
      server.unref();
      let ended: Promise<void> | undefined;
      resolve(() => (ended ??= new Promise((done) => server.close(() => done()))));
    });
  });
}
