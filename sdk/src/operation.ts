import type { paths } from "./generated/api.ts";
import type { RequestOptions, Transport } from "./transport.ts";

export type Method = "get" | "post" | "patch" | "delete";

/** The paths of the document that have a method, without `/api/v1`. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: P extends `/api/v1${infer Rest}` ? (paths[P][M] extends object ? Rest : never) : never;
}[keyof paths];

type OperationOf<M extends Method, P extends string> = `/api/v1${P}` extends keyof paths
  ? NonNullable<paths[`/api/v1${P}`][M]>
  : never;

type Json<C> = C extends { content: { "application/json": infer J } } ? J : never;

/** What an operation takes: its body. */
export type Input<M extends Method, P extends string> =
  OperationOf<M, P> extends { requestBody?: infer B } ? Json<NonNullable<B>> : never;

/** What an operation takes in its query, where everything is text in the end. */
export type Query<M extends Method, P extends string> =
  OperationOf<M, P> extends { parameters: { query?: infer Q } } ? Plain<NonNullable<Q>> : never;

type Plain<Q> = {
  [N in keyof Q]: string extends Q[N]
    ? string | number | boolean
    : "true" extends Q[N]
      ? Q[N] | boolean
      : Q[N];
};

/** What an operation answers, still in its wrapper. */
export type Output<M extends Method, P extends string> =
  OperationOf<M, P> extends { responses: infer R } ? Json<R[keyof R & (200 | 201 | 202)]> : never;

/** What a method takes between its ids and its options. */
type Takes = "nothing" | "body" | "query";

type TakesOf<M extends Method, P extends string> = [Input<M, P>] extends [never]
  ? "nothing" | "query"
  : "body";

type Ids<P extends string> = P extends `${string}{${string}}${infer Rest}` ? [id: string, ...Ids<Rest>] : [];

type Given<M extends Method, P extends string, T extends Takes> = T extends "body"
  ? object extends Input<M, P>
    ? [body?: Input<M, P>]
    : [body: Input<M, P>]
  : T extends "query"
    ? [query?: Query<M, P>]
    : [];

type Answer<M extends Method, P extends string, K> = [K] extends [keyof Output<M, P>]
  ? Output<M, P>[K]
  : Output<M, P>;

/** `K`: the key that the answer is wrapped in. */
export type Operation<M extends Method, P extends string, T extends Takes, K = undefined> = (
  ...args: [...Ids<P>, ...Given<M, P, T>, options?: RequestOptions]
) => Promise<Answer<M, P, K>>;

export type Define = <
  M extends Method,
  P extends PathOf<M>,
  T extends TakesOf<M, P>,
  K extends keyof Output<M, P> | undefined = undefined,
>(
  method: M,
  path: P,
  takes: T,
  key?: K,
) => Operation<M, P, T, K>;

/** Makes functions of lines of a table: where it goes, what it takes, what its answer is wrapped in. */
export function defining(transport: Transport): Define {
  return (method, path, takes, key) => {
    const idCount = path.split("{").length - 1;
    const operation = async (...args: unknown[]) => {
      const ids = args.slice(0, idCount);
      const given = takes === "nothing" ? undefined : args[idCount];
      const options = args[takes === "nothing" ? idCount : idCount + 1] as RequestOptions | undefined;
      const answer = await transport({
        method: method.toUpperCase(),
        path: fillPath(path, ids),
        ...(takes === "body" && { body: given }),
        ...(takes === "query" && given !== undefined && { query: given as object }),
        ...(options && { options }),
      });
      return key === undefined ? answer : (answer as Record<PropertyKey, unknown>)[key];
    };
    // The signature is a matter of the document; at run time there are only arguments.
    return operation as never;
  };
}

/** @throws TypeError  an id that would make another path of it */
function fillPath(path: string, ids: readonly unknown[]): string {
  let next = 0;
  return path.replaceAll(/\{\w+\}/g, () => {
    const id = ids[next++];
    if (typeof id !== "string" || id === "" || id === "." || id === "..")
      throw new TypeError(`Invalid path parameter: ${JSON.stringify(id)}`);
    return encodeURIComponent(id);
  });
}
