import { Button, Group, Modal, Stack } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import { useComponentWords } from "./component-words.ts";
import { DANGER } from "./confirm-dialog.tsx";
import { ErrorNotice } from "./error-notice.tsx";

interface FormDialogProps {
  title: string;
  size?: "lg";
  /** the fields */
  children: ReactNode;
  /** the verb: "Make key", never "OK" */
  submitLabel: string;
  isDangerous?: boolean;
  isBusy: boolean;
  /** shown over the buttons; null also where the form says it in words of its own */
  error: Error | null;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  onClose: () => void;
}

/** Asks for something. Who uses it closes it, once the server has taken what was given. */
export function FormDialog(props: FormDialogProps) {
  const words = useComponentWords();
  return (
    <Modal opened onClose={props.onClose} title={props.title} {...(props.size && { size: props.size })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          props.onSubmit(event);
        }}
      >
        <Stack gap="md">
          {props.children}
          {props.error && <ErrorNotice error={props.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={props.onClose}>
              {words.cancel}
            </Button>
            <Button type="submit" loading={props.isBusy} {...(props.isDangerous && { color: DANGER })}>
              {props.submitLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
