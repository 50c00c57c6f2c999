import { fork, type ChildProcess } from "node:child_process";
import type { TalkSamples } from "./talking-call.ts";

export type GeneratorCommand =
  | { type: "add"; sipPort: number; to: string; count: number; perSecond: number }
  | { type: "measure" }
  | { type: "report" }
  | { type: "hang-up" };

export interface Figures {
  /** connected at the end of the window */
  calls: number;
  /** ended by the far end although they should go on */
  cut: number;
  /** INVITE to 180 and to 200 in ms, of the calls added last */
  setUp: { ringing: number[]; answered: number[]; refused: number; lost: number };
  talk: TalkSamples;
  latenessByCall: number[][];
  wallMs: number;
  /** CPU of the generator itself, in cores */
  ownCores: number;
}

/** The generator's other end. */
export interface Generator {
  add(calls: { sipPort: number; to: string; count: number; perSecond: number }): Promise<void>;
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
    add: (calls) => ask({ type: "add", ...calls }),
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
