import { Checkbox, NumberInput, Select, TextInput } from "@mantine/core";
import { isDocument, textOf } from "./document.ts";
import { JsonField } from "./json-field.tsx";
import { Row } from "./section.tsx";
import { isFieldsObject, rowsOf, type ParameterRow } from "./tool-parameters.ts";
import { useToolTestWords } from "./tool-test-words.ts";

interface ToolArgumentsProps {
  label: string;
  /** JSON Schema */
  parameters: unknown;
  value: Record<string, unknown>;
  onChange: (value: Record<string, unknown>) => void;
}

const SIMPLE: ReadonlySet<string | undefined> = new Set(["string", "number", "integer", "boolean"]);

/** A form where the schema is a list of plain fields; JSON where it is more. */
export function ToolArguments({ label, parameters, value, onChange }: ToolArgumentsProps) {
  const words = useToolTestWords();
  const rows = isFieldsObject(parameters) ? rowsOf(parameters) : [];
  const isForm = rows.length > 0 && rows.every(({ type }) => SIMPLE.has(type));
  if (!isForm) {
    return (
      <JsonField
        label={label}
        value={value}
        minHeight="90px"
        check={(given) => (isDocument(given) ? undefined : words.notObject)}
        onChange={(given) => isDocument(given) && onChange(given)}
      />
    );
  }
  const set = (name: string, given: unknown) => {
    const { [name]: _before, ...others } = value;
    onChange(given === undefined ? others : { ...value, [name]: given });
  };
  return (
    <Row>
      {rows.map((row) => (
        <Argument
          key={row.name}
          row={row}
          value={value[row.name]}
          onChange={(given) => set(row.name, given)}
        />
      ))}
    </Row>
  );
}

function Argument(props: { row: ParameterRow; value: unknown; onChange: (value: unknown) => void }) {
  const { row, value, onChange } = props;
  const label = row.isRequired ? `${row.name} *` : row.name;
  const isNumeric = row.type === "number" || row.type === "integer";
  if (row.choices.length > 0) {
    return (
      <Select
        label={label}
        data={[...row.choices]}
        value={typeof value === "string" || typeof value === "number" ? String(value) : null}
        clearable={!row.isRequired}
        onChange={(chosen) => onChange(chosen === null ? undefined : isNumeric ? Number(chosen) : chosen)}
      />
    );
  }
  if (isNumeric) {
    return (
      <NumberInput
        label={label}
        description={row.description || undefined}
        allowDecimal={row.type === "number"}
        value={typeof value === "number" ? value : ""}
        onChange={(given) => onChange(typeof given === "number" ? given : undefined)}
      />
    );
  }
  if (row.type === "boolean") {
    return (
      <Checkbox
        label={label}
        description={row.description || undefined}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  return (
    <TextInput
      label={label}
      description={row.description || undefined}
      value={textOf(value)}
      onChange={({ currentTarget }) =>
        // An empty text is one, where the schema wants it to be there.
        onChange(currentTarget.value === "" && !row.isRequired ? undefined : currentTarget.value)
      }
    />
  );
}
