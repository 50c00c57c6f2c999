import { z } from "zod";
import type { ErrorCode } from "../error-codes.ts";
import type { Operation } from "./operation.ts";

/** An answer that wraps one thing in its name (facts 2.0). */
export const wrapped = (name: string, schema: z.ZodType, status = 200): Operation["answers"] => ({
  [status]: { description: "Done", schema: z.object({ [name]: schema }) },
});

export const deleted: Operation["answers"] = {
  200: { description: "Deleted", schema: z.object({ success: z.literal(true) }) },
};

/** The five of one resource that is listed, created, read, changed and deleted under one path. */
export function resourceOperations(options: {
  path: string;
  tag: string;
  /** the envelope's key */
  name: string;
  plural: string;
  shape: z.ZodType;
  /** in lists, where that is less */
  listShape?: z.ZodType;
  create: z.ZodType;
  /** undefined: it cannot be changed */
  update?: z.ZodType;
  isDeprecated?: boolean;
  notFound: ErrorCode;
  createErrors?: readonly ErrorCode[];
  updateErrors?: readonly ErrorCode[];
  deleteErrors?: readonly ErrorCode[];
}): Operation[] {
  const { path, tag, name, plural, shape, update, notFound } = options;
  const common = { tag, ...(options.isDeprecated && { isDeprecated: true }) };
  const onePath = `${path}/{id}`;
  const words = (key: string) => key.replaceAll("_", " ");
  return [
    {
      ...common,
      method: "get",
      path,
      summary: `All ${words(plural)}`,
      answers: wrapped(plural, z.array(options.listShape ?? shape)),
    },
    {
      ...common,
      method: "post",
      path,
      summary: `Create: ${words(name)}`,
      body: options.create,
      errors: options.createErrors ?? [],
      answers: wrapped(name, shape, 201),
    },
    {
      ...common,
      method: "get",
      path: onePath,
      summary: `One ${words(name)}`,
      errors: [notFound],
      answers: wrapped(name, shape),
    },
    ...(update === undefined
      ? []
      : ([
          {
            ...common,
            method: "patch",
            path: onePath,
            summary: `Change: ${words(name)}; what is not named stays`,
            body: update,
            errors: [notFound, ...(options.updateErrors ?? [])],
            answers: wrapped(name, shape),
          },
        ] satisfies Operation[])),
    {
      ...common,
      method: "delete",
      path: onePath,
      summary: `Delete: ${words(name)}`,
      errors: [notFound, ...(options.deleteErrors ?? [])],
      answers: deleted,
    },
  ];
}
