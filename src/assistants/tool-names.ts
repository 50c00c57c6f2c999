const TYPES: Readonly<Record<string, string>> = { endCall: "end_call", transferCall: "transfer_call" };

/**
 * A list of tools under the names of today: older spellings are accepted, and stored and returned under the newest
 * (facts 5.1, 5.2, Appendix D1). Pure; everything else about an entry stays as it came, fields that we do not know
 * included. What is no list of tools is not ours to mend.
 */
export function inTodaysNames(tools: unknown): unknown {
  return Array.isArray(tools) ? tools.map(renamed) : tools;
}

function renamed(entry: unknown): unknown {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return entry;
  const { async_response: snake, asyncResponse: camel, ...rest } = entry as Record<string, unknown>;
  const { type, message } = rest;
  const spoken = message ?? snake ?? camel;
  return {
    ...rest,
    ...(typeof type === "string" && Object.hasOwn(TYPES, type) && { type: TYPES[type] }),
    ...(spoken !== undefined && { message: spoken }),
  };
}
