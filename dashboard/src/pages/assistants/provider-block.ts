import type { Wire } from "../../api/wire.ts";
import type { Document } from "./document.ts";

export type Catalog = Wire<"Catalog">;
export type CatalogProvider = Wire<"CatalogProvider">;
export type BlockKind = "llm" | "stt" | "tts" | "postcall_llm" | "postcall_stt";

/** A setting of a provider, as a form shows it. */
export type Setting = { name: string; description?: string } & (
  | { kind: "switch" }
  | { kind: "number"; min?: number; max?: number; isWhole: boolean; default?: number; unit?: string }
  | { kind: "choice"; choices: readonly string[]; isNumeric: boolean }
  | { kind: "texts" }
  | { kind: "text" }
  /** an object: shown setting by setting, beneath its name */
  | { kind: "group"; settings: readonly Setting[] }
  /** a shape that only JSON can show */
  | { kind: "json" }
);

type Schema = Readonly<Record<string, unknown>>;

/** Of every provider, and in a place of their own in the form. */
const COMMON: ReadonlySet<string> = new Set([
  "provider",
  "model",
  "voice",
  "voice_id",
  "language",
  "messages",
  "tools",
  "script",
  "utterances",
]);

/** What the catalog's schema says of one provider's block. */
function schemaOf(catalog: Catalog, kind: BlockKind, provider: string): Schema | undefined {
  const { oneOf, anyOf } = (catalog.schemas[kind] ?? {}) as { oneOf?: Schema[]; anyOf?: Schema[] };
  return (oneOf ?? anyOf)?.find((schema) => {
    const { const: only, enum: several } = (propertiesOf(schema)["provider"] ?? {}) as {
      const?: string;
      enum?: string[];
    };
    return only === provider || several?.includes(provider) === true;
  });
}

function propertiesOf(schema: Schema | undefined): Record<string, Schema> {
  return (schema?.["properties"] ?? {}) as Record<string, Schema>;
}

/** The settings that a provider has besides the common ones, from the very schema that checks them. */
export function settingsOf(catalog: Catalog, kind: BlockKind, provider: string): Setting[] {
  return settingsIn(
    propertiesOf(schemaOf(catalog, kind, provider)),
    defaultsOf(catalog, kind, provider),
  ).filter(({ name }) => !COMMON.has(name));
}

/** Whether the provider's block has the field at all. */
export function hasField(catalog: Catalog, kind: BlockKind, provider: string, field: string): boolean {
  return field in propertiesOf(schemaOf(catalog, kind, provider));
}

type Defaults = Readonly<Record<string, { default?: number; unit?: string }>>;

function defaultsOf({ params }: Catalog, kind: BlockKind, provider: string): Defaults {
  return { ...params[kind], ...params[provider] };
}

function settingsIn(properties: Record<string, Schema>, defaults: Defaults): Setting[] {
  return Object.entries(properties).map(([name, given]) => {
    const schema = withoutNull(given);
    const { description } = schema as { description?: string };
    return { name, ...(description !== undefined && { description }), ...kindOf(schema, defaults, name) };
  });
}

function kindOf(schema: Schema, defaults: Defaults, name: string) {
  const {
    type,
    enum: choices,
    items,
    minimum,
    maximum,
  } = schema as {
    type?: unknown;
    enum?: unknown[];
    items?: Schema;
    minimum?: number;
    maximum?: number;
  };
  if (choices) {
    return {
      kind: "choice",
      choices: choices.map(String),
      isNumeric: type === "number" || type === "integer",
    } as const;
  }
  const { default: standard, unit } = defaults[name] ?? {};
  switch (type) {
    case "boolean":
      return { kind: "switch" } as const;
    case "number":
    case "integer":
      return {
        kind: "number",
        isWhole: type === "integer",
        ...(minimum !== undefined && { min: minimum }),
        ...(maximum !== undefined && { max: maximum }),
        ...(standard !== undefined && { default: standard }),
        ...(unit !== undefined && { unit }),
      } as const;
    case "string":
      return { kind: "text" } as const;
    case "array":
      return items?.["type"] === "string" ? ({ kind: "texts" } as const) : ({ kind: "json" } as const);
    case "object":
      return "properties" in schema
        ? ({ kind: "group", settings: settingsIn(propertiesOf(schema), defaults) } as const)
        : ({ kind: "json" } as const);
    default:
      return { kind: "json" } as const;
  }
}

/** A field that may be null is edited as what it else is: emptied, it is taken away. */
function withoutNull(schema: Schema): Schema {
  const { type, anyOf } = schema as { type?: unknown; anyOf?: Schema[] };
  if (Array.isArray(type)) return { ...schema, type: (type as string[]).find((each) => each !== "null") };
  const others = anyOf?.filter((each) => each["type"] !== "null") ?? [];
  return others.length === 1 ? { ...schema, ...others[0] } : schema;
}

export function providerIn(
  catalog: Catalog,
  kind: BlockKind,
  provider: unknown,
): CatalogProvider | undefined {
  return catalog[kind].find(({ id, aliases }) => id === provider || aliases.includes(String(provider)));
}

/** Speech to speech: it brings its own voice and understands by itself. */
export function isRealtime(catalog: Catalog, llm: unknown): boolean {
  const { provider } = (llm ?? {}) as { provider?: unknown };
  return providerIn(catalog, "llm", provider)?.kind === "realtime";
}

/**
 * The block for another provider. What both know stays (messages, tools, temperature), and so does what neither knows: it
 * is the customer's. What only the old one knew goes, because the new one would refuse it or not understand it.
 */
export function withProvider(
  catalog: Catalog,
  kind: BlockKind,
  before: Document | null | undefined,
  provider: string,
): Document {
  const old = before ?? {};
  const known = propertiesOf(schemaOf(catalog, kind, String(old["provider"])));
  const wanted = propertiesOf(schemaOf(catalog, kind, provider));
  const kept = Object.entries(old).filter(([field, value]) => {
    if (field === "provider" || field === "model" || field === "voice" || field === "voice_id") return false;
    if (field in wanted) return fits(withoutNull(wanted[field]!), value);
    return !(field in known);
  });
  const entry = providerIn(catalog, kind, provider);
  const model = entry?.models?.[0];
  const voice = entry?.voices?.[0];
  return {
    provider,
    ...(model !== undefined && { model }),
    ...(kind === "llm" && entry?.kind === "realtime" && voice !== undefined && { voice }),
    ...(kind === "tts" && { voice_id: voice ?? "" }),
    ...(kind === "stt" && { language: "multi" }),
    ...("script" in wanted && { script: [] }),
    ...("utterances" in wanted && { utterances: [] }),
    ...Object.fromEntries(kept),
  };
}

/** Two providers may mean different things by one name: an endpointing in seconds is none in milliseconds. */
function fits(schema: Schema, value: unknown): boolean {
  const {
    enum: choices,
    minimum,
    maximum,
  } = schema as {
    enum?: unknown[];
    minimum?: number;
    maximum?: number;
  };
  if (choices) return choices.includes(value);
  if (typeof value !== "number") return true;
  return value >= (minimum ?? -Infinity) && value <= (maximum ?? Infinity);
}
