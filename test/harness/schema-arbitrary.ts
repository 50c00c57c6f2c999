import fc from "fast-check";

type Json = Record<string, unknown>;

// prettier-ignore
const STUMBLING: readonly unknown[] = [
  null, true, 0, -1, 1.5, 1e308, 2 ** 53, "", " ", "x", "é😀", "constructor", "toString", "(", "[", "{{x}}",
  "http://[", "https://x.example", "2026-02-30", "+31850835037", "00000000-0000-0000-0000-000000000000",
  "x".repeat(3_000), "%00", "\\u0000", "'; drop table calls; --", "𝟙𝟚", "-0", "NaN",
];

/** Values that parsers stumble over, in no relation to any schema. */
export const garbage: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...STUMBLING),
  fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 3 }),
  fc.dictionary(
    fc.constantFrom("provider", "type", "url", "length", "id", "", "then"),
    fc.jsonValue({ maxDepth: 2 }),
  ),
);

/**
 * Values by a JSON Schema, as far as one can say what they are: good ones mostly, with here and there a part that is
 * anything at all.
 *
 * @param spoil  how many parts of a hundred are anything
 */
export function arbitraryOf(schema: Json, spoil: number): fc.Arbitrary<unknown> {
  const good = goodOf(schema, spoil);
  return spoil === 0
    ? good
    : fc.oneof({ weight: 100 - spoil, arbitrary: good }, { weight: spoil, arbitrary: garbage });
}

function goodOf(schema: Json, spoil: number): fc.Arbitrary<unknown> {
  const options = (schema["anyOf"] ?? schema["oneOf"]) as Json[] | undefined;
  if (options) return fc.oneof(...options.map((option) => arbitraryOf(option, spoil)));
  if ("const" in schema) return fc.constant(schema["const"]);
  if (Array.isArray(schema["enum"])) return fc.constantFrom(...(schema["enum"] as unknown[]));
  const type = Array.isArray(schema["type"]) ? (schema["type"] as string[])[0] : schema["type"];
  switch (type) {
    case "null":
      return fc.constant(null);
    case "boolean":
      return fc.boolean();
    case "integer":
      return fc.integer({ min: bound(schema["minimum"], -10), max: bound(schema["maximum"], 1_000) });
    case "number":
      return fc.double({
        min: bound(schema["minimum"], -10),
        max: bound(schema["maximum"], 1_000),
        noNaN: true,
        noDefaultInfinity: true,
      });
    case "string":
      return textOf(schema);
    case "array":
      return fc.array(arbitraryOf((schema["items"] ?? {}) as Json, spoil), {
        minLength: Number(schema["minItems"] ?? 0),
        maxLength: Math.min(Number(schema["maxItems"] ?? 3), Number(schema["minItems"] ?? 0) + 3),
      });
    case "object":
      return objectOf(schema, spoil);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function objectOf(schema: Json, spoil: number): fc.Arbitrary<unknown> {
  const properties = (schema["properties"] ?? {}) as Record<string, Json>;
  const required = (schema["required"] ?? []) as string[];
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      const known = property["enum"] === undefined ? KNOWN_FIELDS[name] : undefined;
      return [
        name,
        known
          ? fc.oneof({ weight: 8, arbitrary: known }, arbitraryOf(property, spoil))
          : arbitraryOf(property, spoil),
      ];
    }),
  );
  if (Object.keys(fields).length === 0) {
    return fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), fc.string({ maxLength: 8 }), {
      maxKeys: 3,
    });
  }
  return fc.record(fields, { requiredKeys: required.filter((name) => name in fields) });
}

/** Fields whose rules no JSON Schema tells. */
const KNOWN_FIELDS: Record<string, fc.Arbitrary<unknown>> = {
  webhook_url: fc.constantFrom(null, "https://hooks.example.com/a"),
  webhook_fallback_url: fc.constantFrom(null, "https://hooks.example.com/b"),
  url: fc.constantFrom("https://hooks.example.com/c"),
  tools: fc.constantFrom(
    [],
    [{ type: "end_call" }],
    [{ name: "look_up", description: "x", parameters: { type: "object", properties: {} }, mine: [1] }],
    [{ type: "function", function: { name: "look_up" }, server: { url: "https://a.example", secret: "s" } }],
  ),
  voice_id: fc.constantFrom("nl", "en-us+f3"),
  match: fc.constantFrom(".*", "order (\\d+)"),
  end_call_phrases: fc.constantFrom([], ["Goodbye then"]),
  destination: fc.constantFrom("+31201234567"),
  phone_number: fc.integer({ min: 100_000_000, max: 999_999_999 }).map((digits) => `+31${digits}`),
  timezone: fc.constantFrom("Europe/Amsterdam", "UTC"),
  address: fc.constantFrom("sip.example.com", "10.0.0.1:5070"),
  name: fc.constantFrom("Desk", "find_order"),
  entry_node: fc.constantFrom("talk"),
  id: fc.constantFrom("talk", "bye"),
};

/** Texts that formats and the fields' own rules accept, as far as they are known here. */
function textOf(schema: Json): fc.Arbitrary<string> {
  const minLength = Number(schema["minLength"] ?? 0);
  const maxLength = Math.min(Number(schema["maxLength"] ?? 20), minLength + 20);
  const known: Record<string, fc.Arbitrary<string>> = {
    email: fc.emailAddress(),
    uuid: fc.uuid(),
    "date-time": fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
      .map((date) => date.toISOString()),
  };
  const words = fc.oneof(
    { weight: 2, arbitrary: fc.string({ minLength, maxLength, unit: "grapheme" }) },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        "Desk",
        "+31850835037",
        "https://hooks.example.com/a",
        "nl",
        "Europe/Amsterdam",
        "09:00:00",
      ),
    },
  );
  const { format } = schema;
  return (typeof format === "string" ? known[format] : undefined) ?? words;
}

const bound = (value: unknown, fallback: number) =>
  typeof value === "number" && Math.abs(value) < 1e9 ? value : fallback;
