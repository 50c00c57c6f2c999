import { Button, Checkbox, Text, Textarea, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import type { paths } from "../../../../sdk/src/generated/api.ts";
import { FormDialog } from "../../components/form-dialog.tsx";
import { useControlWords } from "./control-words.ts";

type Command = NonNullable<
  paths["/api/v1/calls/{id}/control"]["post"]["requestBody"]
>["content"]["application/json"];
type Kind = "say" | "inject" | "transfer" | "end";

/** For a call in progress: say something, tell the assistant something, hand the call over, end it. */
export function LiveControls({ callId }: { callId: string }) {
  const words = useControlWords();
  const [open, setOpen] = useState<Kind | undefined>();
  return (
    <>
      {(["say", "inject", "transfer"] as const).map((kind) => (
        <Button key={kind} variant="default" onClick={() => setOpen(kind)}>
          {words[kind]}
        </Button>
      ))}
      <Button color="red" variant="light" onClick={() => setOpen("end")}>
        {words.end}
      </Button>
      {open !== undefined && <CommandDialog kind={open} callId={callId} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function CommandDialog({ kind, callId, onClose }: { kind: Kind; callId: string; onClose: () => void }) {
  const words = useControlWords();
  const [text, setText] = useState("");
  const [destination, setDestination] = useState("");
  const [isChecked, setChecked] = useState(kind === "inject");
  const send = useMutation({
    mutationFn: () => {
      const body = commandOf(kind, { text: text.trim(), destination: destination.trim(), isChecked });
      return need(api.POST("/api/v1/calls/{id}/control", { params: { path: { id: callId } }, body }));
    },
    onSuccess: () => {
      notifications.show({ message: words.sent });
      onClose();
    },
  });

  const checkbox = { say: words.endAfter, inject: words.respondNow, transfer: words.warm, end: undefined }[
    kind
  ];
  return (
    <FormDialog
      title={words[`${kind}Title`]}
      submitLabel={kind === "say" || kind === "inject" ? words.send : words[kind]}
      isDangerous={kind === "end"}
      isBusy={send.isPending}
      error={send.error}
      onSubmit={() => send.mutate()}
      onClose={onClose}
    >
      {kind !== "transfer" && <Text c="dimmed">{words[`${kind}Help`]}</Text>}
      {kind === "transfer" && (
        <TextInput
          label={words.destination}
          description={words.destinationHelp}
          required
          data-autofocus
          value={destination}
          onChange={(event) => setDestination(event.currentTarget.value)}
        />
      )}
      <Textarea
        label={kind === "transfer" ? `${words.announcement} (${words.optional})` : words[`${kind}Label`]}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={10_000}
        required={kind === "say" || kind === "inject"}
        {...(kind !== "transfer" && { "data-autofocus": true })}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {checkbox !== undefined && (
        <Checkbox
          label={checkbox}
          checked={isChecked}
          onChange={(event) => setChecked(event.currentTarget.checked)}
        />
      )}
    </FormDialog>
  );
}

function commandOf(kind: Kind, given: { text: string; destination: string; isChecked: boolean }): Command {
  const { text, destination, isChecked } = given;
  const message = text === "" ? null : text;
  switch (kind) {
    case "say":
      return { type: "say", content: text, end_after: isChecked };
    case "inject":
      return { type: "inject-context", content: text, trigger_response: isChecked };
    case "transfer":
      return { type: "transfer", destination, message, mode: isChecked ? "warm" : "cold" };
    case "end":
      return { type: "end-call", message };
  }
}
