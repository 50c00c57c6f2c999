import { Textarea } from "@mantine/core";
import { useFormats } from "../../language/use-formats.ts";
import { useField } from "./editor.ts";
import { useFormWords } from "./form-words.ts";

interface Message {
  role: string;
  content: string;
}

interface PromptFieldProps {
  /** of a list of messages */
  path: string;
  label: string;
  help: string;
  minRows?: number;
}

/** The first system message; the others stay where they are. */
export function PromptField({ path, label, help, minRows = 6 }: PromptFieldProps) {
  const words = useFormWords();
  const formats = useFormats();
  const { value, error, set } = useField(path);
  const messages = Array.isArray(value) ? (value as Message[]) : [];
  const at = messages.findIndex(({ role }) => role === "system");
  const others = messages.length - (at === -1 ? 0 : 1);

  const change = (content: string) => {
    if (content === "") {
      const rest = messages.filter((_message, index) => index !== at);
      return set(rest.length > 0 ? rest : undefined);
    }
    if (at === -1) return set([{ role: "system", content }, ...messages]);
    return set(messages.map((message, index) => (index === at ? { ...message, content } : message)));
  };

  return (
    <Textarea
      label={label}
      description={others === 0 ? help : `${help} ${words.otherMessages(formats.number(others))}`}
      autosize
      minRows={minRows}
      maxRows={28}
      value={messages[at]?.content ?? ""}
      error={error}
      data-path={path}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
