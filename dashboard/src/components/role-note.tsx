import { Text } from "@mantine/core";
import { useMay } from "../api/session.ts";
import { useComponentWords } from "./component-words.ts";

/** Says who may change what is shown, where the reader may not; nothing where they may. */
export function RoleNote({ needs }: { needs: "change" | "own" }) {
  const words = useComponentWords();
  const may = useMay(needs);
  if (may) return null;
  return (
    <Text size="sm" c="dimmed" mb="md">
      {needs === "own" ? words.ownersOnly : words.membersOnly}
    </Text>
  );
}
