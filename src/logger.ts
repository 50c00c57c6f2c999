import { pino, type Logger } from "pino";

export type { Logger };

/**
 * The one logger. Messages are static sentences, facts are fields. Personal data (transcripts, numbers, digits,
 * prompts, tool arguments) only under the key `pii`, which is removed unless the operator asked for it.
 */
export function createLogger(options: { level: string; showPersonalData?: boolean }): Logger {
  return pino({
    level: options.level,
    base: {},
    redact: options.showPersonalData ? [] : { paths: ["pii", "*.pii"], censor: "[personal]" },
  });
}
