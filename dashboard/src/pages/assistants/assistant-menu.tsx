import { ActionIcon, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import IconCopy from "@tabler/icons-react/icons/IconCopy";
import IconDots from "@tabler/icons-react/icons/IconDots";
import IconMicrophone from "@tabler/icons-react/icons/IconMicrophone";
import IconTrash from "@tabler/icons-react/icons/IconTrash";
import { useState } from "react";
import { useLocation } from "wouter";
import type { Wire } from "../../api/wire.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { useAssistantChanges } from "./assistant-changes.ts";
import { useAssistantsWords } from "./assistants-words.ts";

interface AssistantMenuProps {
  assistant: Wire<"Assistant">;
  /** that it answers: told before it is deleted */
  numbers: readonly string[];
  size?: "md" | "lg";
}

/** What one does with a whole assistant: try, duplicate, delete. */
export function AssistantMenu({ assistant, numbers, size = "md" }: AssistantMenuProps) {
  const words = useAssistantsWords();
  const [, navigate] = useLocation();
  const [isRemoving, setRemoving] = useState(false);
  const changes = useAssistantChanges();

  const duplicate = async () => {
    try {
      const copy = await changes.duplicate(assistant, words.copyOf(assistant.name));
      notifications.show({ message: `${words.duplicated}: ${copy.name}` });
      navigate(`/assistants/${copy.id}`);
    } catch (error) {
      notifications.show({ color: "red", title: words.duplicate, message: (error as Error).message });
    }
  };

  return (
    <>
      <Menu position="bottom-end" width={180} withinPortal>
        <Menu.Target>
          <ActionIcon
            variant={size === "lg" ? "default" : "subtle"}
            color="gray"
            size={size === "lg" ? 36 : "md"}
            aria-label={words.menu(assistant.name)}
          >
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconMicrophone size={15} aria-hidden />}
            onClick={() => navigate(`/assistants/${assistant.id}/playground`)}
          >
            {words.tryIt}
          </Menu.Item>
          <Menu.Item leftSection={<IconCopy size={15} aria-hidden />} onClick={() => void duplicate()}>
            {words.duplicate}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={15} aria-hidden />}
            onClick={() => setRemoving(true)}
          >
            {words.remove}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isRemoving && (
        <ConfirmDialog
          title={words.removeTitle(assistant.name)}
          confirmLabel={words.removeConfirm}
          isDangerous
          onConfirm={async () => {
            await changes.remove(assistant.id);
            navigate("/assistants");
          }}
          onClose={() => setRemoving(false)}
        >
          {words.removeHelp(assistant.name)}
          {numbers.length > 0 && <> {words.removeNumbers(numbers.join(", "))}</>}
        </ConfirmDialog>
      )}
    </>
  );
}
