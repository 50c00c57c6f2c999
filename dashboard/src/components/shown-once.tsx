import { Button, Code, Group, Modal, Stack, Text } from "@mantine/core";
import { CopyButton } from "./copy-button.tsx";
import classes from "./shown-once.module.css";

interface ShownOnceProps {
  title: string;
  /** what it is for, and that it is not shown again */
  help: string;
  value: string;
  doneLabel: string;
  onClose: () => void;
}

/** A key or a secret that was just made. A click beside the dialog does not close it: it would be gone. */
export function ShownOnce(props: ShownOnceProps) {
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.title}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <Stack gap="md">
        <Text>{props.help}</Text>
        <div className={classes.value}>
          <Code data-testid="shown-once">{props.value}</Code>
          <CopyButton value={props.value} what={props.title} />
        </div>
        <Group justify="flex-end">
          <Button onClick={props.onClose}>{props.doneLabel}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
