import { Button, Text, TextInput, Title } from "@mantine/core";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { FormError } from "../../components/form-error.tsx";
import classes from "./playground.module.css";
import { usePlaygroundWords } from "./playground-words.ts";
import type { Line } from "./talk-lines.ts";

interface TalkConversationProps {
  lines: readonly Line[];
  isLive: boolean;
  onSend: (text: string) => Promise<void>;
}

/** What is said, as it is said, and a line to type on. */
export function TalkConversation({ lines, isLive, onSend }: TalkConversationProps) {
  const words = usePlaygroundWords();
  const [text, setText] = useState("");
  const [hasFailed, setFailed] = useState(false);
  const log = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);

  // The newest is in sight, as long as one has not scrolled away from it.
  const said = lines.map((line) => line.text).join("\n");
  useEffect(() => {
    const box = log.current;
    if (said !== "" && box && box.scrollHeight - box.scrollTop - box.clientHeight < 160) {
      box.scrollTop = box.scrollHeight;
    }
  }, [said]);
  useEffect(() => {
    if (isLive) input.current?.focus();
  }, [isLive]);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    const typed = text.trim();
    if (typed === "") return;
    setText("");
    setFailed(false);
    try {
      await onSend(typed);
    } catch {
      // Without its reason, which is the connection: the text is there again to be sent.
      setText(typed);
      setFailed(true);
    }
  };

  return (
    <section className={classes.pane} aria-label={words.conversation}>
      <Title order={2}>{words.conversation}</Title>
      <div
        className={classes.log}
        ref={log}
        role="log"
        aria-live="polite"
        tabIndex={0}
        aria-label={words.conversation}
      >
        {lines.length === 0 && <Text c="dimmed">{words.nothingYet}</Text>}
        {lines.map((line) => (
          <p key={line.id} className={classes.line} data-caller={line.isCaller} data-final={line.isFinal}>
            <span className={classes.who}>{line.isCaller ? words.you : words.assistant}</span>
            {line.text}
          </p>
        ))}
      </div>
      <form className={classes.send} onSubmit={(event) => void send(event)}>
        <TextInput
          ref={input}
          aria-label={words.message}
          placeholder={words.message}
          value={text}
          disabled={!isLive}
          autoComplete="off"
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={!isLive}>
          {words.send}
        </Button>
      </form>
      <FormError>{hasFailed ? words.notSent : undefined}</FormError>
    </section>
  );
}
