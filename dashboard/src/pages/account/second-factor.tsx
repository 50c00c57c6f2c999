import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { useSession } from "../../api/session.ts";
import { StatusBadge } from "../../components/status-badge.tsx";
import { useFormats } from "../../language/use-formats.ts";
import { useAccountWords } from "./account-words.ts";
import { FactorDialog, type FactorTask } from "./factor-dialog.tsx";

/** Whether there is one, and what can be done about it. */
export function SecondFactor() {
  const words = useAccountWords();
  const formats = useFormats();
  const { user } = useSession();
  const [task, setTask] = useState<FactorTask | undefined>();
  return (
    <>
      <Group gap="md" mb="md">
        <StatusBadge tone={user.has_totp ? "good" : "neutral"}>
          {user.has_totp ? words.on : words.off}
        </StatusBadge>
        {user.has_totp && (
          <Text size="sm" c="dimmed">
            {words.codesLeft(formats.number(user.recovery_codes_left))}
          </Text>
        )}
      </Group>
      <Group gap="xs">
        {user.has_totp ? (
          <>
            <Button variant="default" onClick={() => setTask("codes")}>
              {words.newCodes}
            </Button>
            <Button variant="default" onClick={() => setTask("remove")}>
              {words.remove}
            </Button>
          </>
        ) : (
          <Button variant="default" onClick={() => setTask("set-up")}>
            {words.setUp}
          </Button>
        )}
      </Group>
      {task !== undefined && <FactorDialog task={task} onClose={() => setTask(undefined)} />}
    </>
  );
}
