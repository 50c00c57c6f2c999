import { createBirpc, type BirpcReturn } from "birpc";
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { GatewayEvents, GatewayFunctions, GatewaySettings } from "./gateway-contract.ts";

const PROGRAM = fileURLToPath(new URL("./gateway/gateway-main.ts", import.meta.url));

/** The gateway process, as the main process has it. */
export interface GatewayProcess {
  readonly functions: BirpcReturn<GatewayFunctions, GatewayEvents>;
  /** Settles with the UDP port when browsers can come; rejects when it ends before. */
  readonly ready: Promise<number>;
  stop(): Promise<void>;
}

const STOP_WITHIN_MS = 3_000;

export function startGatewayProcess(
  settings: GatewaySettings,
  events: GatewayEvents,
  /** It is gone: by itself, or because it was stopped. */
  onEnded: (detail: string) => void,
): GatewayProcess {
  // `advanced`: bytes arrive as what they were.
  const child = fork(PROGRAM, { serialization: "advanced", stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const functions = createBirpc<GatewayFunctions, GatewayEvents>(events, {
    // The channel's end is told by `exit`; a send that fails before it is not another piece of news.
    post: (message) => void child.send(message, () => undefined),
    on: (listener) => void child.on("message", listener),
    timeout: -1,
  });
  const exited = new Promise<void>((resolve) => {
    child.once("error", (error) => {
      functions.$close(new Error("the gateway process could not be started", { cause: error }));
      onEnded(error.message);
      resolve();
    });
    child.once("exit", (code, signal) => {
      functions.$close(new Error("the gateway process has ended"));
      onEnded(signal ? `signal ${signal}` : `code ${code}`);
      resolve();
    });
  });
  return {
    functions,
    ready: functions.start(settings),
    async stop() {
      void functions.stop().catch(() => undefined);
      const timer = setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}
