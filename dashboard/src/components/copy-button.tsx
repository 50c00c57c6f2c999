import { ActionIcon, CopyButton as Copying, Tooltip } from "@mantine/core";
import IconCheck from "@tabler/icons-react/icons/IconCheck";
import IconCopy from "@tabler/icons-react/icons/IconCopy";
import { useComponentWords } from "./component-words.ts";

/** @param what  named to screen readers: "Copy call id" */
export function CopyButton({ value, what }: { value: string; what?: string }) {
  const words = useComponentWords();
  return (
    <Copying value={value} timeout={1_500}>
      {({ copied, copy }) => {
        const label = copied ? words.copied : what === undefined ? words.copy : `${words.copy}: ${what}`;
        return (
          <Tooltip label={label}>
            <ActionIcon variant="subtle" color="gray" size="sm" onClick={copy} aria-label={label}>
              {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            </ActionIcon>
          </Tooltip>
        );
      }}
    </Copying>
  );
}
