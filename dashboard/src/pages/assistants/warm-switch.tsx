import { Switch } from "@mantine/core";
import { useField } from "./editor.ts";

/** `mode`: warm or cold, which is what it is without. */
export function WarmSwitch({ path, label, help }: { path: string; label: string; help: string }) {
  const { value, error, set } = useField(path);
  return (
    <Switch
      label={label}
      description={help}
      checked={value === "warm"}
      error={error}
      onChange={(event) => set(event.currentTarget.checked ? "warm" : undefined)}
    />
  );
}
