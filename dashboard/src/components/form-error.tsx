import { Text } from "@mantine/core";

/** Why a form was not taken, in one sentence; said by screen readers when it comes. */
export function FormError({ children }: { children: string | undefined }) {
  return (
    <div role="alert">
      {children !== undefined && (
        <Text c="var(--bad)" size="sm">
          {children}
        </Text>
      )}
    </div>
  );
}
