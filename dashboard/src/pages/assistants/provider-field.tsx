import { Anchor, Select } from "@mantine/core";
import { Link } from "wouter";
import { useEditor, useField } from "./editor.ts";
import type { Document } from "./document.ts";
import { useDraftValue } from "./drafts.ts";
import { useFormWords } from "./form-words.ts";
import { Notice } from "./notice.tsx";
import { providerIn, withProvider, type BlockKind, type CatalogProvider } from "./provider-block.ts";
import { providerName } from "./provider-names.ts";

interface ProviderFieldProps {
  kind: BlockKind;
  /** of the block: `llm_config` */
  path: string;
  /** called with the new provider, for what depends on it in other blocks */
  onProvider?: (provider: string) => void;
}

/** Who does it. */
export function ProviderField({ kind, path, onProvider }: ProviderFieldProps) {
  const words = useFormWords();
  const { catalog } = useEditor();
  const { value, error, set } = useField(path);
  const block = value as Document | null | undefined;
  const provider = providerIn(catalog, kind, block?.["provider"]);
  const isOwnError = error !== undefined && !error.startsWith(".");

  const choose = (id: string | null) => {
    if (id === null) return;
    set(withProvider(catalog, kind, block, id));
    onProvider?.(id);
  };

  return (
    <Select
      label={words.provider}
      data={catalog[kind].map((entry) => ({ value: entry.id, label: optionLabel(entry, words) }))}
      value={provider?.id ?? null}
      error={isOwnError ? error : undefined}
      data-path={`${path}.provider`}
      onChange={choose}
    />
  );
}

/** Said where the provider is chosen: the server takes the assistant all the same, and its calls would fail. */
export function MissingKey({ kind, path }: Pick<ProviderFieldProps, "kind" | "path">) {
  const words = useFormWords();
  const { id, catalog } = useEditor();
  const provider = providerIn(catalog, kind, useDraftValue(id, `${path}.provider`));
  if (provider?.is_configured !== false) return null;
  return (
    <Notice>
      {words.noKey(providerName(provider.id))}{" "}
      <Anchor component={Link} href="/settings/byok" inherit underline="always">
        {words.addKey}
      </Anchor>
    </Notice>
  );
}

function optionLabel(entry: CatalogProvider, words: ReturnType<typeof useFormWords>): string {
  const name = providerName(entry.id);
  return entry.byok_secret.length === 0 && entry.is_extension
    ? `${name} (${words.builtIn.toLowerCase()})`
    : name;
}
