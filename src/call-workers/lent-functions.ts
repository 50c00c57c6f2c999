/**
 * Objects with functions between two processes: plain data travels as it is, a function as a name by which the other
 * side can call it until it is released. An AbortSignal among the arguments aborts on the other side too.
 *
 * Functions that are lent answer asynchronously, whatever they did before; arguments and results must be what
 * structuredClone takes.
 */
export interface LentFunctions {
  /** @param scope  names the object on both sides; unique among those that are lent at a time */
  lend(scope: string, object: object): { description: unknown; release: () => void };
  /** The other side's object, from its description: what it is, the contract between the two sides says. */
  borrow(scope: string, description: unknown): unknown;
  /** What the other side calls. @throws when the function has been released */
  invoke(scope: string, path: string, args: unknown[]): Promise<unknown>;
  abort(token: string): void;
}

/** To the other side; rejects when it is gone. */
export interface LentFunctionsLink {
  invoke(scope: string, path: string, args: unknown[]): Promise<unknown>;
  abort(token: string): void;
}

interface FunctionName {
  $function: string;
}

interface SignalToken {
  $signal: string;
  isAborted: boolean;
}

type Callable = (...args: unknown[]) => unknown;

export function createLentFunctions(link: LentFunctionsLink): LentFunctions {
  const lent = new Map<string, Map<string, Callable>>();
  const running = new Map<string, AbortController>();
  let lastToken = 0;

  function call(scope: string, path: string, args: unknown[]): Promise<unknown> {
    const undo: (() => void)[] = [];
    const passed = args.map((argument) => {
      if (!(argument instanceof AbortSignal)) return argument;
      const token = `${scope}/${++lastToken}`;
      const onAbort = () => link.abort(token);
      argument.addEventListener("abort", onAbort, { once: true });
      undo.push(() => argument.removeEventListener("abort", onAbort));
      return { $signal: token, isAborted: argument.aborted } satisfies SignalToken;
    });
    const answer = link.invoke(scope, path, passed).finally(() => undo.forEach((run) => run()));
    // Who does not wait for an answer need not handle that there is none.
    answer.catch(() => undefined);
    return answer;
  }

  return {
    lend(scope, object) {
      const functions = new Map<string, Callable>();
      const description = mapDeep(object, "", (value, path) => {
        if (typeof value !== "function") return undefined;
        functions.set(path, value as Callable);
        return { $function: path } satisfies FunctionName;
      });
      lent.set(scope, functions);
      return { description, release: () => lent.delete(scope) };
    },
    borrow(scope, description) {
      return mapDeep(description, "", (value) => {
        if (!isFunctionName(value)) return undefined;
        return (...args: unknown[]) => call(scope, value.$function, args);
      });
    },
    async invoke(scope, path, args) {
      const run = lent.get(scope)?.get(path);
      if (!run) throw new Error(`${path} is not there any more`);
      const tokens: string[] = [];
      const received = args.map((argument) => {
        if (!isSignalToken(argument)) return argument;
        const controller = new AbortController();
        if (argument.isAborted) controller.abort();
        running.set(argument.$signal, controller);
        tokens.push(argument.$signal);
        return controller.signal;
      });
      try {
        return await run(...received);
      } finally {
        for (const token of tokens) running.delete(token);
      }
    },
    abort: (token) => running.get(token)?.abort(),
  };
}

/** A copy in which `replace` has had its word on every value; where it says undefined, the value is copied. */
function mapDeep(value: unknown, path: string, replace: (value: unknown, path: string) => unknown): unknown {
  const replaced = replace(value, path);
  if (replaced !== undefined) return replaced;
  const under = (key: string | number) => (path === "" ? String(key) : `${path}.${key}`);
  if (Array.isArray(value)) return value.map((item, index) => mapDeep(item, under(index), replace));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, mapDeep(item, under(key), replace)]),
  );
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function isFunctionName(value: unknown): value is FunctionName {
  return isPlainObject(value) && typeof value["$function"] === "string";
}

function isSignalToken(value: unknown): value is SignalToken {
  return isPlainObject(value) && typeof value["$signal"] === "string";
}
