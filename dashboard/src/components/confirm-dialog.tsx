import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useComponentWords } from "./component-words.ts";
import { ErrorNotice } from "./error-notice.tsx";

/** White on it has a contrast of 5.9; on Mantine's red it has 3.9. */
export const DANGER = "#c22a2a";

interface ConfirmDialogProps {
  title: string;
  /** what will happen, and whether it can be undone */
  children: ReactNode;
  /** the verb: "Delete number", never "OK" */
  confirmLabel: string;
  isDangerous?: boolean;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks before something that cannot be undone. It stays open, with the reason, when it could not be done. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const words = useComponentWords();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<Error | undefined>();

  const confirm = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await props.onConfirm();
      props.onClose();
    } catch (thrown) {
      setError(thrown instanceof Error ? thrown : new Error(String(thrown)));
      setBusy(false);
    }
  };

  return (
    <Modal opened onClose={props.onClose} title={props.title}>
      <Stack gap="md">
        <Text component="div">{props.children}</Text>
        {error && <ErrorNotice error={error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose} data-autofocus>
            {words.cancel}
          </Button>
          <Button
            {...(props.isDangerous && { color: DANGER })}
            loading={isBusy}
            onClick={() => void confirm()}
          >
            {props.confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
