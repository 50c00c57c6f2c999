import { Text } from "@mantine/core";
import { editable, isDocument } from "./document.ts";
import { setDocument, useDraft } from "./drafts.ts";
import { JsonField } from "./json-field.tsx";
import { useJsonWords } from "./json-words.ts";

/** Everything, as the API has it. */
export default function JsonView({ id, isReadOnly }: { id: string; isReadOnly: boolean }) {
  const words = useJsonWords();
  const draft = useDraft(id);
  if (!draft) return null;
  const { saved, current } = draft;
  // The secret is written in the form alone, and shown nowhere.
  const { webhook_secret: secret, ...shown } = editable(current);
  const fixed = {
    id: saved["id"],
    webhook_secret: secret,
    created_at: saved["created_at"],
    updated_at: saved["updated_at"],
  };
  const change = (value: unknown) => {
    if (isDocument(value)) setDocument(id, { ...value, ...fixed });
  };
  return (
    <>
      <Text c="dimmed" mb="md" maw="68ch">
        {words.help}
      </Text>
      <JsonField
        label={words.label}
        value={shown}
        onChange={change}
        check={(value) => (isDocument(value) ? undefined : words.notAnObject)}
        isReadOnly={isReadOnly}
        minHeight="480px"
      />
    </>
  );
}
