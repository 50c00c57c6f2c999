import { Button } from "@mantine/core";
import { useState } from "react";
import { ConfirmDialog } from "./confirm-dialog.tsx";

interface DeleteButtonProps {
  label: string;
  /** of the dialog: "Delete +31850835037" */
  title: string;
  /** what is lost with it */
  help: string;
  confirmLabel: string;
  onDelete: () => Promise<unknown>;
}

/** In the head of a page about one thing: asks first. */
export function DeleteButton(props: DeleteButtonProps) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {props.label}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={props.title}
          confirmLabel={props.confirmLabel}
          isDangerous
          onConfirm={props.onDelete}
          onClose={() => setAsking(false)}
        >
          {props.help}
        </ConfirmDialog>
      )}
    </>
  );
}
