/** The key that a provider's models need, under its name in `GET /byok` (facts 10.1). */
export type KeyName = `${string}_secret_id`;

/** One provider of one kind of service. `[]` never stands for "any": null does. */
export interface CatalogEntry {
  /** the first is the default; null: any name, or none */
  models: readonly string[] | null;
  /** still valid, and no longer offered first */
  legacyModels?: readonly string[];
  /** the first is the default; null: any name */
  voices?: readonly string[] | null;
  /** `realtime`, speech to speech, brings its own voice (`llm_config.voice`), so that tts_config is null (facts 4.0) */
  kind?: "text" | "realtime";
  /** any one of these; none: it needs no key */
  keys: readonly KeyName[];
  /** models that want one key and no other */
  modelKeys?: Readonly<Record<string, KeyName>>;
  /** what analyses a call afterwards where this provider led it; by key where they differ */
  postcallModel?: string | Readonly<Record<string, string>>;
  pricingUnit: string | Readonly<Record<string, string>> | null;
  /** models that reason are pinned to this effort, because a caller waits */
  pinnedReasoningEffort?: Readonly<Record<string, "none">>;
  locations?: Readonly<Record<string, string>>;
  /** settings that the API refuses on these models (facts 4.3) */
  refusedSettings?: Readonly<Record<string, readonly string[]>>;
  /** old names of the provider, accepted and returned under the new one */
  aliases?: readonly string[];
  /** ours, and not in the product's catalog */
  isExtension?: true;
}
