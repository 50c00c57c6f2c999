import { Button, Group, NumberInput, Stack, Switch, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { useMay, useSession } from "../../api/session.ts";
import type { Wire } from "../../api/wire.ts";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { useOrganizationWords } from "./organization-words.ts";

/** Calls are refused once they are used up. Whoever runs the installation sets them; to the others the figures say enough. */
export function MinutesLimit({ organization }: { organization: Wire<"Organization"> }) {
  const words = useOrganizationWords();
  const { organizations } = useSession();
  const queryClient = useQueryClient();
  const mayOwn = useMay("own");
  const isOperator = organizations.some(({ id, is_operator: isIt }) => id === organization.id && isIt);
  const [isLimited, setLimited] = useState(!organization.minutes_unlimited);
  const [minutes, setMinutes] = useState<number | string>(
    organization.minutes_unlimited ? "" : organization.minutes_balance,
  );
  const save = useMutation({
    mutationFn: () =>
      need(
        api.PATCH("/api/v1/organizations/{id}/minutes", {
          params: { path: { id: organization.id } },
          body: { minutes_balance: isLimited ? Number(minutes) : null },
        }),
      ),
    onSuccess: async () => {
      notifications.show({ message: words.saved });
      await queryClient.invalidateQueries({ queryKey: ["organization"] });
    },
  });
  if (!mayOwn || !isOperator) return null;
  const isWhole = !isLimited || typeof minutes === "number";
  return (
    <section>
      <Title order={2}>{words.limit}</Title>
      <Text c="dimmed" mb="sm">
        {words.limitHelp}
      </Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap="sm">
          <Switch
            label={words.limited}
            checked={isLimited}
            onChange={({ currentTarget }) => setLimited(currentTarget.checked)}
          />
          <Group align="end" gap="xs">
            <NumberInput
              label={words.balance}
              min={0}
              max={999_999_999}
              disabled={!isLimited}
              value={minutes}
              flex={1}
              onChange={setMinutes}
            />
            <Button type="submit" variant="default" loading={save.isPending} disabled={!isWhole}>
              {words.save}
            </Button>
          </Group>
          {save.error && <ErrorNotice error={save.error} />}
        </Stack>
      </form>
    </section>
  );
}
