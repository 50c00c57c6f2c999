import { Button, Menu, Text } from "@mantine/core";
import IconPlus from "@tabler/icons-react/icons/IconPlus";
import { useState } from "react";
import { useField } from "./editor.ts";
import { Section } from "./section.tsx";
import { ToolCard } from "./tool-card.tsx";
import { BUILT_IN_KINDS, kindOf, newTool, type ToolKind } from "./tool-entry.ts";
import classes from "./tools.module.css";
import { useToolsWords } from "./tools-words.ts";

const PATH = "llm_config.tools";

export default function ToolsSection() {
  const words = useToolsWords();
  const { value, error, set } = useField(PATH);
  const tools = Array.isArray(value) ? (value as unknown[]) : [];
  const [open, setOpen] = useState<number | undefined>();

  const add = (kind: Exclude<ToolKind, "other">) => {
    set([...tools, newTool(kind, tools)]);
    setOpen(tools.length);
  };
  const remove = (index: number) => {
    const rest = tools.filter((_tool, at) => at !== index);
    set(rest.length > 0 ? rest : undefined);
    setOpen(undefined);
  };
  // One of each is all that a model can use; of the others there may be several.
  const isThere = (kind: ToolKind) =>
    (kind === "end_call" || kind === "send_digits" || kind === "transfer_call") &&
    tools.some((tool) => kindOf(tool) === kind);

  return (
    <Section
      id="tools"
      title={words.title}
      description={words.description}
      action={
        <Menu position="bottom-end" width={260} withinPortal>
          <Menu.Target>
            <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />}>
              {words.add}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => add("function")}>{words.addFunction}</Menu.Item>
            {BUILT_IN_KINDS.map((kind) => (
              <Menu.Item key={kind} disabled={isThere(kind)} onClick={() => add(kind)}>
                {words[kind]}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      }
    >
      {tools.length === 0 && <Text c="dimmed">{words.none}</Text>}
      {tools.length > 0 && (
        <ul className={classes.list}>
          {tools.map((tool, index) => (
            <ToolCard
              key={index}
              path={`${PATH}[${index}]`}
              tool={tool}
              isOpen={open === index}
              onToggle={() => setOpen(open === index ? undefined : index)}
              onRemove={() => remove(index)}
            />
          ))}
        </ul>
      )}
      {error !== undefined && tools.length === 0 && (
        <Text size="sm" c="var(--bad)" role="alert">
          {error}
        </Text>
      )}
    </Section>
  );
}
