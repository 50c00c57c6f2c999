import { startChildProgram, type ChildProgram } from "../child-program.ts";
import type { GatewayEvents, GatewayFunctions, GatewaySettings } from "./gateway-contract.ts";

const PROGRAM = new URL("./gateway/gateway-main.ts", import.meta.url);

/** The gateway process, as the main process has it. */
export interface GatewayProcess {
  readonly functions: ChildProgram<GatewayFunctions, GatewayEvents>["functions"];
  /** Settles with the UDP port when browsers can come; rejects when it ends before. */
  readonly ready: Promise<number>;
  stop(): Promise<void>;
}

export function startGatewayProcess(
  settings: GatewaySettings,
  events: GatewayEvents,
  /** It is gone: by itself, or because it was stopped. */
  onEnded: (detail: string) => void,
): GatewayProcess {
  const { functions, end } = startChildProgram<GatewayFunctions, GatewayEvents>({
    program: PROGRAM,
    name: "gateway process",
    functions: events,
    onEnded,
  });
  return { functions, ready: functions.start(settings), stop: () => end(functions.stop()) };
}
