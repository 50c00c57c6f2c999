import type { Logger } from "../logger.ts";
import { toError } from "../errors.ts";

/** So many organizations' clients are kept; one that is forgotten is made anew with its next call. */
const MOST_REMEMBERED = 200;

/**
 * An organization's providers: with its own key where it has brought one, else with the environment's. Asked once a
 * call, so that a key that is changed or removed counts from the next one on.
 */
export function createOrganizationProviders<T>(options: {
  /** of the environment */
  common: T;
  /** @returns undefined: the organization has brought none */
  findOpenAiKey: (organizationId: string) => Promise<string | undefined>;
  create: (openAiKey: string) => T;
  logger: Logger;
}): (organizationId: string) => Promise<T> {
  const made = new Map<string, { key: string; value: T }>();

  async function findKey(organizationId: string): Promise<string | undefined> {
    try {
      return await options.findOpenAiKey(organizationId);
    } catch (error) {
      // A call goes on with the server's key rather than not at all.
      options.logger.error({ err: toError(error) }, "an organization's provider keys could not be read");
      return made.get(organizationId)?.key;
    }
  }

  return async (organizationId) => {
    const key = await findKey(organizationId);
    if (key === undefined) {
      made.delete(organizationId);
      return options.common;
    }
    const known = made.get(organizationId);
    if (known?.key === key) return known.value;
    if (made.size >= MOST_REMEMBERED) made.clear();
    const value = options.create(key);
    made.set(organizationId, { key, value });
    return value;
  };
}
