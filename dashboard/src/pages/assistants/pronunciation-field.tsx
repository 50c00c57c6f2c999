import { ActionIcon, Button, Text, TextInput } from "@mantine/core";
import IconPlus from "@tabler/icons-react/icons/IconPlus";
import IconTrash from "@tabler/icons-react/icons/IconTrash";
import { textOf, type Document } from "./document.ts";
import { useField } from "./editor.ts";
import { useFormWords } from "./form-words.ts";
import classes from "./pronunciation-field.module.css";

const MOST = 50;

/** Words that the voice says wrongly. */
export function PronunciationField() {
  const words = useFormWords();
  const { value, error, set } = useField("speech_config.pronunciation");
  const rows = Array.isArray(value) ? (value as Document[]) : [];
  const change = (index: number, field: "from" | "to", text: string) =>
    set(rows.map((row, at) => (at === index ? { ...row, [field]: text } : row)));
  return (
    <div>
      <Text fw={500}>{words.pronunciation}</Text>
      <Text size="sm" c="dimmed" mb={rows.length > 0 ? 8 : 10}>
        {words.pronunciationHelp}
      </Text>
      {rows.map((row, index) => (
        <div key={index} className={classes.row}>
          <TextInput
            aria-label={words.written}
            placeholder={words.written}
            value={textOf(row["from"])}
            maxLength={64}
            onChange={(event) => change(index, "from", event.currentTarget.value)}
          />
          <TextInput
            aria-label={words.said}
            placeholder={words.said}
            value={textOf(row["to"])}
            maxLength={128}
            onChange={(event) => change(index, "to", event.currentTarget.value)}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={words.removeWord(textOf(row["from"]))}
            onClick={() => set(rows.length === 1 ? undefined : rows.filter((_row, at) => at !== index))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </div>
      ))}
      {error !== undefined && (
        <Text size="sm" c="var(--bad)" role="alert">
          {error}
        </Text>
      )}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={14} aria-hidden />}
        disabled={rows.length >= MOST}
        onClick={() => set([...rows, { from: "", to: "" }])}
      >
        {words.addPronunciation}
      </Button>
    </div>
  );
}
