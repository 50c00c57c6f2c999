/** A third of a short key at most: what people see in a list must not be the key. */
const PREFIX_LENGTH = 11;

/** The beginning of a key, by which it is looked up and recognised: `fl_` and eight characters. */
export function apiKeyPrefix(apiKey: string): string {
  return apiKey.slice(0, Math.min(PREFIX_LENGTH, Math.floor(apiKey.length / 3)));
}
