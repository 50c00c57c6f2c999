import type { paths } from "./generated/api.ts";

// Types of one operation, read out of the generated ones.

export type Method = "get" | "post" | "patch" | "delete";
export type Path = keyof paths;

type Operation<P extends Path, M extends Method> = NonNullable<paths[P][M]>;
type Json<T> = T extends { content: { "application/json": infer Content } } ? Content : never;

export type Body<P extends Path, M extends Method> =
  Operation<P, M> extends { requestBody?: infer Request } ? Json<NonNullable<Request>> : never;

export type Query<P extends Path, M extends Method> =
  Operation<P, M> extends { parameters: { query?: infer Parameters } } ? NonNullable<Parameters> : never;

export type Answer<P extends Path, M extends Method> =
  Operation<P, M> extends { responses: infer Responses }
    ? Responses extends { 201: infer Created }
      ? Json<Created>
      : Responses extends { 200: infer Ok }
        ? Json<Ok>
        : never
    : never;
