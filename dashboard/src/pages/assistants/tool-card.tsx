import { ActionIcon, Button, Collapse, Group, Stack, Text, UnstyledButton } from "@mantine/core";
import IconChevronRight from "@tabler/icons-react/icons/IconChevronRight";
import IconTrash from "@tabler/icons-react/icons/IconTrash";
import { useState } from "react";
import { textOf } from "./document.ts";
import { useField } from "./editor.ts";
import { FunctionFields } from "./tool-function.tsx";
import { JsonField } from "./json-field.tsx";
import { McpFields } from "./tool-mcp.tsx";
import { kindOf, nameOf, type ToolKind } from "./tool-entry.ts";
import { TransferFields } from "./tool-transfer.tsx";
import classes from "./tools.module.css";
import { useToolsWords } from "./tools-words.ts";

interface ToolCardProps {
  /** `llm_config.tools[2]` */
  path: string;
  tool: unknown;
  isOpen: boolean;
  onToggle: () => void;
  onRemove: () => void;
}

/** One tool: its name in the list, its fields when it is opened. */
export function ToolCard({ path, tool, isOpen, onToggle, onRemove }: ToolCardProps) {
  const words = useToolsWords();
  const { error } = useField(path);
  const kind = kindOf(tool);
  const name = kind === "function" ? nameOf(tool) || words.unnamed : words[kind];
  // What was refused is to be seen.
  const isShown = isOpen || error !== undefined;
  return (
    <li className={classes.card}>
      <div className={classes.head}>
        <UnstyledButton
          className={classes.toggle}
          aria-expanded={isShown}
          aria-label={words.open(name)}
          onClick={onToggle}
        >
          <IconChevronRight size={15} className={classes.chevron} data-open={isShown} aria-hidden />
          <span className={kind === "function" ? classes.name : undefined}>{name}</span>
          <Text component="span" size="sm" c="dimmed" className={classes.summary}>
            {summaryOf(tool, kind, words)}
          </Text>
        </UnstyledButton>
        <ActionIcon variant="subtle" color="gray" aria-label={words.remove(name)} onClick={onRemove}>
          <IconTrash size={16} />
        </ActionIcon>
      </div>
      <Collapse expanded={isShown}>{isShown && <ToolFields path={path} tool={tool} kind={kind} />}</Collapse>
    </li>
  );
}

function ToolFields({ path, tool, kind }: { path: string; tool: unknown; kind: ToolKind }) {
  const words = useToolsWords();
  const { value, error, set } = useField(path);
  const [isJson, setJson] = useState(kind === "other");
  return (
    <Stack gap="md" className={classes.fields}>
      {kind === "other" && (
        <Text size="sm" c="dimmed">
          {words.otherHelp}
        </Text>
      )}
      {isJson ? (
        <JsonField label={words.asJson} value={value} onChange={set} error={error} />
      ) : (
        <FieldsOfKind path={path} tool={tool} kind={kind} />
      )}
      {kind !== "other" && (
        <Group justify="flex-end">
          <Button variant="subtle" size="compact-xs" color="gray" onClick={() => setJson(!isJson)}>
            {isJson ? words.asForm : words.asJson}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function FieldsOfKind({ path, tool, kind }: { path: string; tool: unknown; kind: ToolKind }) {
  const words = useToolsWords();
  switch (kind) {
    case "function":
      return <FunctionFields path={path} tool={tool} />;
    case "transfer_call":
      return <TransferFields path={path} />;
    case "mcp":
      return <McpFields path={path} />;
    case "end_call":
      return <Text c="dimmed">{words.end_call_help}</Text>;
    case "send_digits":
      return <Text c="dimmed">{words.send_digits_help}</Text>;
    case "other":
      return null;
  }
}

function summaryOf(tool: unknown, kind: ToolKind, words: ReturnType<typeof useToolsWords>): string {
  const entry = (tool ?? {}) as {
    description?: unknown;
    function?: { description?: unknown };
    destinations?: readonly { description?: unknown; number?: unknown; sip_uri?: unknown }[];
    allowed_tools?: readonly unknown[];
  };
  switch (kind) {
    case "function":
      return textOf(entry.function?.description ?? entry.description);
    case "transfer_call":
      return (entry.destinations ?? [])
        .map(({ description, number, sip_uri: uri }) => textOf(description) || textOf(number) || textOf(uri))
        .join(", ");
    case "mcp":
      return (entry.allowed_tools ?? []).map(textOf).join(", ");
    case "end_call":
    case "send_digits":
      return words[`${kind}_help`];
    case "other":
      return words.other;
  }
}
