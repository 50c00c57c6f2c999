import { Anchor, Text } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import { useFormats } from "../../language/use-formats.ts";
import type { Document } from "./document.ts";
import { useDraftValue, useProblems } from "./drafts.ts";
import { useEditor } from "./editor.ts";
import { useFieldWords } from "./field-words.ts";
import { ChoiceField, LongTextField, NumberField, SwitchField, TextField, TextsField } from "./fields.tsx";
import { problemAt } from "./problems.ts";
import { settingsOf, type BlockKind, type CatalogProvider, type Setting } from "./provider-block.ts";
import { providerName } from "./provider-names.ts";
import classes from "./provider-settings.module.css";
import { Group, Row } from "./section.tsx";
import { useSettingWords } from "./setting-words.ts";

interface ProviderSettingsProps {
  kind: BlockKind;
  /** of the block */
  path: string;
  provider: CatalogProvider;
  /** settings that the chosen model does not have */
  without?: ReadonlySet<string>;
}

/** What only this provider has, drawn from the catalog. Closed while nothing of it is set: most people need none of it. */
export function ProviderSettings({ kind, path, provider, without }: ProviderSettingsProps) {
  const words = useFieldWords();
  const { id, catalog } = useEditor();
  const block = useDraftValue(id, path) as Document | null | undefined;
  const problems = useProblems(id);
  const settings = settingsOf(catalog, kind, provider.id).filter(({ name }) => !without?.has(name));
  const hasProblem = settings.some(({ name }) => problemAt(problems, `${path}.${name}`) !== undefined);
  const [isOpen, setOpen] = useState(() => settings.some(({ name }) => block?.[name] !== undefined));
  if (settings.length === 0) return null;
  return (
    <details
      className={classes.details}
      open={isOpen || hasProblem}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{words.settingsOf(providerName(provider.id))}</summary>
      <SettingFields path={path} settings={settings} />
    </details>
  );
}

/** Small ones beside each other, then what is large. */
function SettingFields({ path, settings }: { path: string; settings: readonly Setting[] }) {
  const fields = (kinds: readonly Setting["kind"][]) =>
    settings
      .filter(({ kind }) => kinds.includes(kind))
      .map((setting) => (
        <SettingField key={setting.name} path={`${path}.${setting.name}`} setting={setting} />
      ));
  const parts = [fields(["number", "choice", "text"]), fields(["switch"])].filter((part) => part.length > 0);
  return (
    <div className={classes.settings}>
      {parts.map((part, index) => (
        <Row key={index}>{part}</Row>
      ))}
      {fields(["texts", "group", "json"])}
    </div>
  );
}

function SettingField({ path, setting }: { path: string; setting: Setting }) {
  const formats = useFormats();
  const words = useFieldWords();
  const { id } = useEditor();
  const { label, help: ourHelp } = useSettingWords()(setting.name);
  const help = ourHelp ?? setting.description;
  switch (setting.kind) {
    case "switch":
      return <SwitchField path={path} label={label} help={help} />;
    case "number":
      return (
        <NumberField
          path={path}
          label={label}
          help={help}
          min={setting.min}
          max={setting.max}
          isWhole={setting.isWhole}
          unit={unitIn(words, setting.unit)}
          placeholder={
            setting.default === undefined
              ? words.providersStandard
              : words.standard(formats.number(setting.default))
          }
        />
      );
    case "choice":
      return (
        <ChoiceField
          path={path}
          label={label}
          help={help}
          choices={setting.choices}
          isNumeric={setting.isNumeric}
          isClearable
          placeholder={words.providersStandard}
        />
      );
    case "texts":
      return <TextsField path={path} label={label} help={help} />;
    case "text":
      return setting.name === "instructions" ? (
        <LongTextField path={path} label={label} help={help} />
      ) : (
        <TextField path={path} label={label} help={help} />
      );
    case "group":
      return (
        <Group title={label}>
          <SettingFields path={path} settings={setting.settings} />
        </Group>
      );
    case "json":
      return (
        <div>
          <Text fw={500}>{label}</Text>
          <Text size="sm" c="dimmed">
            {words.asJson}{" "}
            <Anchor component={Link} href={`/assistants/${id}/json`} inherit underline="always">
              {words.toJson}
            </Anchor>
          </Text>
        </div>
      );
  }
}

const UNITS = ["seconds", "milliseconds", "tokens", "words", "attempts"] as const;

/** The catalog's units, as they stand behind a figure. */
export function unitIn(
  words: ReturnType<typeof useFieldWords>,
  unit: string | undefined,
): string | undefined {
  const known = UNITS.find((each) => each === unit);
  return known && words[known];
}
