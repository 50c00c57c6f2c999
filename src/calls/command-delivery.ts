import { within, type Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import type { Listener } from "../db/listener.ts";
import { toError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import type { CallCommand, CommandAnswer } from "./call-command.ts";
import {
  answerCommand,
  channelOf,
  findCarrier,
  findWaitingCommands,
  insertCommand,
  takeAnswer,
  withdrawCommand,
} from "./command-store.ts";
import type { LiveCall, LiveCalls } from "./live-calls.ts";

/** Never rejects for what the other process does; rejects when the database is away. */
export type SendCommand = (
  callId: string,
  command: CallCommand,
) => Promise<
  | CommandAnswer
  /** the process that carries the call did not answer in time; it will not carry the command out */
  | { outcome: "unanswered" }
>;

/** The API's patience (facts 2.3 has none; who waits is a program that can ask again). */
const ANSWER_WITHIN_MS = 2_000;
/** Without a hint both sides look by themselves: a command then takes up to a second. */
const LOOK_FOR_COMMANDS_MS = 1_000;
const LOOK_FOR_ANSWER_MS = 500;
/** As the reaper takes a node for dead. */
const DEAD_AFTER_MS = 15_000;

/**
 * Takes control commands to the process that carries the call, over the database: a row and a hint by NOTIFY. The
 * carrying process answers first and carries out then, so that a command is carried out exactly when its sender was
 * told so (a crash in between ends the call anyway), and one that was given up is not.
 */
export function createCommandDelivery(options: {
  db: Database;
  nodeId: string;
  newId: () => string;
  liveCalls: Pick<LiveCalls, "find" | "starting" | "count">;
  listener: Pick<Listener, "listen">;
  clock: Clock;
  logger: Logger;
}): { send: SendCommand; start(): void; stop(): Promise<void> } {
  const { db, nodeId, liveCalls, clock, logger } = options;
  /** by command: called when its answer may be there */
  const waiting = new Map<string, () => void>();
  let cancelLook: () => void = () => undefined;
  let isStopped = false;
  let looking: Promise<void> | undefined;
  let isLookDue = false;

  /** One look at a time, and one more where something came meanwhile: the order of a call's commands is kept. */
  function look(): void {
    isLookDue = true;
    looking ??= (async () => {
      while (isLookDue && !isStopped) {
        isLookDue = false;
        await carryOutWaiting();
      }
    })()
      // The sender is told that there was no answer; the next look tries again.
      .catch((error: unknown) => logger.debug({ err: toError(error) }, "control commands could not be read"))
      .finally(() => (looking = undefined));
  }

  async function carryOutWaiting(): Promise<void> {
    for (const order of await findWaitingCommands(db, nodeId)) {
      const starting = liveCalls.starting(order.callId);
      if (starting) {
        // It is told at once that the call is in progress, and may command it before the greeting: its order is kept.
        // Who gives up meanwhile has withdrawn it.
        void starting.then(look);
        continue;
      }
      const live = liveCalls.find(order.callId);
      const refusal = live ? live.refusalOf(order.command) : "The call has just ended";
      const answer: CommandAnswer =
        refusal === undefined ? { outcome: "taken" } : { outcome: "refused", detail: refusal };
      const isWanted = await answerCommand(db, order, answer);
      if (isWanted && refusal === undefined) live?.command(order.command);
    }
  }

  function schedule(): void {
    cancelLook = clock.after(LOOK_FOR_COMMANDS_MS, () => {
      // A process without calls has nothing to look for.
      if (liveCalls.count > 0) look();
      if (!isStopped) schedule();
    });
  }

  /** Who hears of `in-progress` may be faster than the first words. A call that waits for consent takes longer. */
  function started(callId: string): Promise<LiveCall | undefined> {
    const starting = liveCalls.starting(callId) ?? Promise.resolve(undefined);
    return within(clock, ANSWER_WITHIN_MS, starting, () => undefined);
  }

  async function sendTo(owner: string, callId: string, command: CallCommand): ReturnType<SendCommand> {
    const id = options.newId();
    let onHint: () => void = () => undefined;
    waiting.set(id, () => onHint());
    try {
      const untilMs = clock.monotonicMs() + ANSWER_WITHIN_MS;
      await insertCommand(db, { id, callId, nodeId: owner, sentBy: nodeId, command });
      for (;;) {
        const leftMs = untilMs - clock.monotonicMs();
        if (leftMs <= 0) return (await withdrawCommand(db, id)) ?? { outcome: "unanswered" };
        await new Promise<void>((resolve) => {
          const cancel = clock.after(Math.min(leftMs, LOOK_FOR_ANSWER_MS), resolve);
          onHint = () => {
            cancel();
            resolve();
          };
        });
        const answer = await takeAnswer(db, id);
        if (answer) return answer;
      }
    } finally {
      waiting.delete(id);
    }
  }

  return {
    async send(callId, command) {
      const live = liveCalls.find(callId) ?? (await started(callId));
      if (live) return live.command(command);
      const carrier = await findCarrier(db, callId, DEAD_AFTER_MS);
      if (!carrier || carrier.nodeId === nodeId) {
        return { outcome: "refused", detail: "The call is just being answered, or has just ended" };
      }
      if (!carrier.isAlive) return { outcome: "refused", detail: "The server that carried the call is gone" };
      return sendTo(carrier.nodeId, callId, command);
    },
    start() {
      options.listener.listen(channelOf(nodeId), (id) => {
        const tell = id === undefined ? undefined : waiting.get(id);
        if (tell) tell();
        else look();
      });
      schedule();
    },
    async stop() {
      isStopped = true;
      cancelLook();
      await looking;
    },
  };
}
