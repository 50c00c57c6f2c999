import { ActionIcon, Button, Checkbox, Select, TagsInput, TextInput } from "@mantine/core";
import IconPlus from "@tabler/icons-react/icons/IconPlus";
import IconTrash from "@tabler/icons-react/icons/IconTrash";
import { useState } from "react";
import {
  newRowName,
  PARAMETER_TYPES,
  rowsOf,
  withoutRow,
  withRow,
  type ParameterRow,
} from "./tool-parameters.ts";
import classes from "./tools.module.css";
import { useToolsWords } from "./tools-words.ts";

interface ParameterTableProps {
  schema: unknown;
  onChange: (schema: unknown) => void;
}

/** A tool's arguments, a row each. What a row does not show of its schema stays in it. */
export function ParameterTable({ schema, onChange }: ParameterTableProps) {
  const words = useToolsWords();
  const rows = rowsOf(schema);
  const add = () => {
    const name = newRowName(schema);
    onChange(
      withRow(schema, name, { name, type: "string", description: "", isRequired: false, choices: [] }),
    );
  };
  return (
    <div>
      {rows.length > 0 && (
        <div className={`${classes.parameter} ${classes.columns}`} aria-hidden>
          <span>{words.field}</span>
          <span>{words.type}</span>
          <span>{words.fieldDescription}</span>
          <span>{words.required}</span>
        </div>
      )}
      {rows.map((row, index) => (
        <Row
          // By place: a name is typed letter by letter.
          key={index}
          row={row}
          taken={rows.filter((other) => other !== row).map(({ name }) => name)}
          onChange={(changed) => onChange(withRow(schema, row.name, changed))}
          onRemove={() => onChange(withoutRow(schema, row.name))}
        />
      ))}
      <Button
        variant="default"
        size="xs"
        mt="sm"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={add}
      >
        {words.addField}
      </Button>
    </div>
  );
}

interface RowProps {
  row: ParameterRow;
  taken: readonly string[];
  onChange: (row: ParameterRow) => void;
  onRemove: () => void;
}

function Row({ row, taken, onChange, onRemove }: RowProps) {
  const words = useToolsWords();
  const isChoice = row.type === "string" || row.type === "number" || row.type === "integer";
  return (
    <div className={classes.parameter} role="group" aria-label={row.name}>
      <NameInput name={row.name} taken={taken} onRename={(name) => onChange({ ...row, name })} />
      <Select
        aria-label={words.type}
        data={[...PARAMETER_TYPES]}
        value={row.type ?? null}
        placeholder={words.otherType}
        disabled={row.type === undefined}
        onChange={(type) => type !== null && onChange({ ...row, type })}
      />
      <TextInput
        className={classes.description}
        aria-label={words.fieldDescription}
        placeholder={words.fieldDescription}
        value={row.description}
        onChange={(event) => onChange({ ...row, description: event.currentTarget.value })}
      />
      <span className={classes.required}>
        <Checkbox
          aria-label={words.required}
          checked={row.isRequired}
          onChange={(event) => onChange({ ...row, isRequired: event.currentTarget.checked })}
        />
        <span className={classes.onPhone} aria-hidden>
          {words.required}
        </span>
      </span>
      <ActionIcon
        className={classes.remove}
        variant="subtle"
        color="gray"
        size={36}
        aria-label={words.removeField(row.name)}
        onClick={onRemove}
      >
        <IconTrash size={15} />
      </ActionIcon>
      {isChoice && (
        <TagsInput
          className={classes.choices}
          size="xs"
          aria-label={words.choices}
          placeholder={row.choices.length === 0 ? words.choices : ""}
          value={[...row.choices]}
          splitChars={[]}
          acceptValueOnBlur
          onChange={(choices) => onChange({ ...row, choices })}
        />
      )}
    </div>
  );
}

/** Renames when it is left: two fields of one name, for a moment while one types, would be one field. */
function NameInput(props: { name: string; taken: readonly string[]; onRename: (name: string) => void }) {
  const words = useToolsWords();
  const [text, setText] = useState(props.name);
  const [shown, setShown] = useState(props.name);
  if (shown !== props.name) {
    setShown(props.name);
    setText(props.name);
  }
  const isTaken = props.taken.includes(text);
  return (
    <TextInput
      aria-label={words.field}
      value={text}
      error={isTaken ? words.nameTaken : undefined}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => {
        if (text === "" || isTaken) setText(props.name);
        else if (text !== props.name) props.onRename(text);
      }}
    />
  );
}
