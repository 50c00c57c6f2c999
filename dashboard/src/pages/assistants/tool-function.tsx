import { SegmentedControl, Text } from "@mantine/core";
import { useState } from "react";
import { useMay } from "../../api/session.ts";
import { useField } from "./editor.ts";
import { LongTextField, SwitchField, TextField } from "./fields.tsx";
import { JsonField } from "./json-field.tsx";
import { ParameterTable } from "./parameter-table.tsx";
import { Group, Row } from "./section.tsx";
import { functionPath, urlPath } from "./tool-entry.ts";
import { isFieldsObject, parametersProblem } from "./tool-parameters.ts";
import { ToolTest } from "./tool-test.tsx";
import { useToolsWords } from "./tools-words.ts";

/** A function: what the model is told of it, and where it is carried out. */
export function FunctionFields({ path, tool }: { path: string; tool: unknown }) {
  const words = useToolsWords();
  const within = functionPath(tool, path);
  // Whoever may not see secrets must not overwrite one with nothing.
  const maySeeSecrets = useMay("own");
  const mayTest = useMay("change");
  return (
    <>
      <TextField path={`${within}.name`} label={words.name} help={words.nameHelp} maxLength={64} />
      <LongTextField
        path={`${within}.description`}
        label={words.toolDescription}
        help={words.toolDescriptionHelp}
      />
      <Parameters path={`${within}.parameters`} />
      <Row>
        <TextField path={urlPath(tool, path)} label={words.url} help={words.urlHelp} type="url" />
        {maySeeSecrets && (
          <TextField
            path={`${path}.server.secret`}
            label={words.secret}
            help={words.secretHelp}
            type="password"
          />
        )}
      </Row>
      <TextField path={`${path}.message`} label={words.message} help={words.messageHelp} />
      <SwitchField path={`${path}.async`} label={words.isAsync} help={words.isAsyncHelp} />
      {mayTest && <ToolTest path={path} tool={tool} />}
    </>
  );
}

function Parameters({ path }: { path: string }) {
  const words = useToolsWords();
  const { value, error, set } = useField(path);
  const canBeTable = isFieldsObject(value);
  const [view, setView] = useState<"table" | "json">("table");
  const shown = canBeTable ? view : "json";
  const check = (schema: unknown) => {
    switch (parametersProblem(schema)) {
      case "not-an-object":
        return words.noObject;
      case "not-fields":
        return words.noFields;
      case "unknown-required":
        return words.unknownRequired;
      case undefined:
        return undefined;
    }
  };
  return (
    <Group title={words.parameters}>
      <div>
        <Text size="sm" c="dimmed" mb={8}>
          {words.parametersHelp} {!canBeTable && words.noTable}
        </Text>
        {canBeTable && (
          <SegmentedControl
            size="xs"
            aria-label={words.parameters}
            value={shown}
            onChange={setView}
            data={[
              { value: "table", label: words.table },
              { value: "json", label: words.json },
            ]}
          />
        )}
      </div>
      {shown === "table" ? (
        <ParameterTable schema={value} onChange={set} />
      ) : (
        <JsonField
          label={words.parameters}
          value={value ?? undefined}
          onChange={set}
          check={check}
          error={error}
          mayBeEmpty
        />
      )}
    </Group>
  );
}
