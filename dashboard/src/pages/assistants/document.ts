/** What an assistant is on the wire. Kept as it came: fields that no form knows stay where they are. */
export type Document = Readonly<Record<string, unknown>>;

export function isDocument(value: unknown): value is Document {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

type Step = string | number;

/** `llm_config.tools[2].url`, as the server writes paths in its refusals. */
function stepsOf(path: string): Step[] {
  return (path.match(/[^.[\]]+/g) ?? []).map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

export function valueAt(document: unknown, path: string): unknown {
  let value = document;
  for (const step of stepsOf(path)) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<Step, unknown>)[step];
  }
  return value;
}

/**
 * The document with one value changed; nothing else of it is touched, or copied that need not be.
 *
 * @param value  undefined: the field is taken away, an entry of a list with its place
 */
export function withValue<Whole>(document: Whole, path: string, value: unknown): Whole {
  return changed(document, stepsOf(path), value) as Whole;
}

function changed(whole: unknown, steps: readonly Step[], value: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  const isBlock = typeof whole === "object" && whole !== null;
  const before = isBlock ? (whole as Record<Step, unknown>)[step] : undefined;
  const after = changed(before, rest, value);
  if (Object.is(before, after)) return whole;
  if (typeof step === "number") {
    const list = Array.isArray(whole) ? [...(whole as unknown[])] : [];
    if (after === undefined) list.splice(step, 1);
    else list[step] = after;
    return list;
  }
  if (after !== undefined) return { ...(isBlock ? whole : {}), [step]: after };
  const { [step]: _gone, ...others } = (isBlock ? whole : {}) as Record<string, unknown>;
  return others;
}

/** Set by the server alone. */
const NOT_OURS: ReadonlySet<string> = new Set(["id", "created_at", "updated_at"]);

/**
 * What is to be sent so that the saved document becomes the draft: the top-level fields that differ, whole, because that
 * is how the server replaces them. A field that was taken away is sent as null.
 */
export function changesBetween(saved: Document, draft: Document): Record<string, unknown> {
  const fields = new Set([...Object.keys(saved), ...Object.keys(draft)]);
  return Object.fromEntries(
    [...fields]
      .filter((field) => !NOT_OURS.has(field) && !isSame(saved[field], draft[field]))
      .map((field) => [field, draft[field] ?? null]),
  );
}

/** Without what the server sets: what can be sent back, and what people compare. */
export function editable(document: Document): Document {
  return Object.fromEntries(Object.entries(document).filter(([field]) => !NOT_OURS.has(field)));
}

/** As JSON, whatever the order of an object's fields. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => key in other && isSame((one as Document)[key], (other as Document)[key]))
  );
}

/** For a field of text: what is none is shown as nothing. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
