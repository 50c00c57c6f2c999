/** Scripts branch on these; the help and docs/cli.md print them from here. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  unreachable: 3,
  unauthorized: 4,
  notFound: 5,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_MEANINGS: readonly (readonly [ExitCode, string])[] = [
  [EXIT.done, "done; also a command that runs until Ctrl-C and was ended with it"],
  [EXIT.failed, "it ran, and something failed: a check, a receiver, a request that the server refused"],
  [EXIT.usage, "the command line or a setting is wrong"],
  [EXIT.unreachable, "the server or the receiver cannot be reached"],
  [EXIT.unauthorized, "the API key is missing or refused"],
  [EXIT.notFound, "there is no such event, assistant or call"],
];
