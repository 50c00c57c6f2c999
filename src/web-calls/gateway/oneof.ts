/** What is done with each case of a protobuf `oneof`; one that is not named is not for us. */
export type CaseHandlers<T extends Oneof> = {
  [C in NonNullable<T["case"]>]?: (value: NonNullable<Extract<T, { case: C }>["value"]>) => void;
};

interface Oneof {
  case?: string | undefined;
  value?: unknown;
}

export function dispatch<T extends Oneof>(message: T, handlers: CaseHandlers<T>): void {
  if (message.case === undefined) return;
  // That the value is of its case is the type's promise, which TypeScript cannot follow through the look-up.
  const handle = handlers[message.case as keyof CaseHandlers<T>] as ((value: unknown) => void) | undefined;
  handle?.(message.value);
}
