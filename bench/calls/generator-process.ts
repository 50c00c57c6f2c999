import { fork, type ChildProcess } from "node:child_process";
import type { TalkSamples } from "./talking-call.ts";
import type { WebCallToJoin } from "./web-caller.ts";

/** By telephone, to a number; or in browsers, to calls that are open. */
export type CallsToAdd =
  | { via: "sip"; sipPort: number; to: string; count: number }
  | { via: "web"; calls: readonly WebCallToJoin[] };

export type GeneratorCommand =
  | { type: "add"; calls: CallsToAdd; perSecond: number }
  | { type: "measure" }
  | { type: "report" }
  | { type: "hang-up" };

export interface Figures {
  /** connected at the end of the window */
  calls: number;
  /** ended by the far end although they should go on */
  cut: number;
  /** INVITE to 180 and to 200 in ms (a browser: to the room's join, and until its keys are agreed), of the calls added last */
  setUp: { ringing: number[]; answered: number[]; refused: number; lost: number };
  talk: TalkSamples;
  latenessByCall: number[][];
  wallMs: number;
  /** CPU of the generator itself, in cores */
  ownCores: number;
}

/** The generator's other end. */
export interface Generator {
  add(calls: CallsToAdd, perSecond: number): Promise<void>;
  measure(): Promise<void>;
  report(): Promise<Figures>;
  hangUp(): Promise<void>;
}

export async function startGenerator(): Promise<Generator> {
  const child = fork(new URL("generator.ts", import.meta.url), { serialization: "advanced" });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await answerOf(child);
  const ask = <T>(command: GeneratorCommand): Promise<T> => {
    const answer = answerOf(child);
    child.send(command);
    return answer as Promise<T>;
  };
  return {
    add: (calls, perSecond) => ask({ type: "add", calls, perSecond }),
    measure: () => ask({ type: "measure" }),
    report: () => ask({ type: "report" }),
    async hangUp() {
      child.send({ type: "hang-up" } satisfies GeneratorCommand);
      await ended;
    },
  };
}

function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`the generator ended with ${code}`));
    child.once("exit", onExit);
    child.once("message", (message) => {
      child.off("exit", onExit);
      resolve(message);
    });
  });
}
