import { NumberInput, Select, Switch, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useFormats } from "../../language/use-formats.ts";
import { textOf } from "./document.ts";
import { useField } from "./editor.ts";
import { useFieldWords } from "./field-words.ts";

// Fields of the form, bound to a path of the assistant. An emptied field is one that is not set: the placeholder then
// says what applies.

interface FieldProps {
  path: string;
  label: string;
  help?: string | undefined;
  placeholder?: string | undefined;
}

export function TextField(props: FieldProps & { type?: "url" | "email" | "password"; maxLength?: number }) {
  const { value, error, set } = useField(props.path);
  return (
    <TextInput
      label={props.label}
      description={props.help}
      placeholder={props.placeholder}
      type={props.type}
      {...(props.maxLength !== undefined && { maxLength: props.maxLength })}
      value={textOf(value)}
      error={error}
      data-path={props.path}
      onChange={(event) => set(event.currentTarget.value || undefined)}
    />
  );
}

export function LongTextField(props: FieldProps & { minRows?: number }) {
  const { value, error, set } = useField(props.path);
  return (
    <Textarea
      label={props.label}
      description={props.help}
      placeholder={props.placeholder}
      autosize
      minRows={props.minRows ?? 2}
      maxRows={24}
      value={textOf(value)}
      error={error}
      data-path={props.path}
      onChange={(event) => set(event.currentTarget.value || undefined)}
    />
  );
}

export function NumberField(
  props: FieldProps & {
    min?: number | undefined;
    max?: number | undefined;
    isWhole?: boolean | undefined;
    unit?: string | undefined;
  },
) {
  const { value, error, set } = useField(props.path);
  const formats = useFormats();
  const words = useFieldWords();
  const { min, max } = props;
  const range =
    min !== undefined && max !== undefined
      ? words.range(formats.number(min), formats.number(max))
      : undefined;
  return (
    <NumberInput
      label={props.label}
      description={[props.help, range].filter(Boolean).join(" ") || undefined}
      placeholder={props.placeholder}
      // What is out of range is shown as such by the server: a value that moves by itself while one types is worse.
      clampBehavior="none"
      {...(min !== undefined && { min })}
      {...(max !== undefined && { max })}
      step={stepFor(min, max, props.isWhole)}
      allowDecimal={props.isWhole !== true}
      suffix={props.unit === undefined ? "" : ` ${props.unit}`}
      value={typeof value === "number" ? value : ""}
      error={error}
      data-path={props.path}
      onChange={(changed) => set(typeof changed === "number" ? changed : undefined)}
    />
  );
}

export function SwitchField(props: FieldProps & { isOnByDefault?: boolean }) {
  const { value, error, set } = useField(props.path);
  const isOn = typeof value === "boolean" ? value : props.isOnByDefault === true;
  return (
    <Switch
      label={props.label}
      description={props.help}
      checked={isOn}
      error={error}
      data-path={props.path}
      onChange={(event) => set(event.currentTarget.checked)}
    />
  );
}

export function ChoiceField(
  props: FieldProps & {
    choices: readonly (string | { value: string; label: string })[];
    isNumeric?: boolean;
    /** without: one of the choices is always set */
    isClearable?: boolean;
    isSearchable?: boolean;
  },
) {
  const { value, error, set } = useField(props.path);
  const current = typeof value === "string" || typeof value === "number" ? String(value) : null;
  const choices = props.choices.map((choice) =>
    typeof choice === "string" ? { value: choice, label: choice } : choice,
  );
  // What is set and not offered is shown nevertheless: nothing changes by being looked at.
  const all =
    current === null || choices.some((choice) => choice.value === current)
      ? choices
      : [...choices, { value: current, label: current }];
  return (
    <Select
      label={props.label}
      description={props.help}
      placeholder={props.placeholder}
      data={all}
      value={current}
      error={error}
      clearable={props.isClearable === true}
      searchable={props.isSearchable ?? all.length > 8}
      data-path={props.path}
      onChange={(changed) => set(changed === null ? undefined : props.isNumeric ? Number(changed) : changed)}
    />
  );
}

export function TextsField(props: FieldProps & { max?: number }) {
  const { value, error, set } = useField(props.path);
  const texts = Array.isArray(value) ? value.map(String) : [];
  return (
    <TagsInput
      label={props.label}
      description={props.help}
      placeholder={texts.length === 0 ? props.placeholder : undefined}
      maxTags={props.max ?? Infinity}
      value={texts}
      error={error}
      // A sentence may have a comma in it; Enter ends one.
      splitChars={[]}
      acceptValueOnBlur
      data-path={props.path}
      onChange={(changed) => set(changed.length === 0 ? undefined : changed)}
    />
  );
}

function stepFor(min: number | undefined, max: number | undefined, isWhole: boolean | undefined): number {
  if (isWhole) return max !== undefined && max - (min ?? 0) > 100 ? 100 : 1;
  return max !== undefined && max <= 5 ? 0.1 : 1;
}
