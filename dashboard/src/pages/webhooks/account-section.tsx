import { Button, Checkbox, Radio, Skeleton, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { useMay } from "../../api/session.ts";
import type { Wire } from "../../api/wire.ts";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { Facts } from "../../components/facts.tsx";
import { RoleNote } from "../../components/role-note.tsx";
import { useAccountWords } from "./account-words.ts";
import { EVENT_TYPES } from "./event-kinds.ts";
import { SecretSection } from "./secret-section.tsx";
import { TestSection } from "./test-section.tsx";
import classes from "./webhooks.module.css";

type Webhook = Wire<"WebhookSettingsShown">;

/** Where the account's events go. Owners change it; others see it. */
export default function AccountSection() {
  const mayOwn = useMay("own");
  const mayChange = useMay("change");
  const { data, error, refetch } = useQuery({
    queryKey: ["account-webhook"],
    queryFn: ({ signal }) => need(api.GET("/api/v1/settings/webhook", { signal })),
    select: (answer) => answer.webhook,
  });
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={420} />;
  return (
    <Stack gap={0} maw={720}>
      <div>
        <RoleNote needs="own" />
        {mayOwn ? <WebhookForm key={JSON.stringify(data)} webhook={data} /> : <WebhookFacts webhook={data} />}
      </div>
      <SecretSection whose={{ account: true }} />
      {mayChange && <TestSection hasUrl={data.url !== null} />}
    </Stack>
  );
}

function WebhookFacts({ webhook }: { webhook: Webhook }) {
  const words = useAccountWords();
  return (
    <Facts
      facts={[
        [words.url, webhook.url ?? words.none],
        [words.fallback, webhook.fallback_url ?? words.none],
        [words.events, webhook.events?.join(", ") ?? words.all],
      ]}
    />
  );
}

function WebhookForm({ webhook }: { webhook: Webhook }) {
  const words = useAccountWords();
  const queryClient = useQueryClient();
  const form = useForm({
    initialValues: {
      url: webhook.url ?? "",
      fallbackUrl: webhook.fallback_url ?? "",
      wants: webhook.events === null ? "all" : "some",
      events: webhook.events ?? [],
    },
    validate: {
      events: (events, { wants }) => (wants === "some" && events.length === 0 ? words.noneChosen : null),
    },
  });
  const save = useMutation({
    mutationFn: (values: typeof form.values) =>
      need(
        api.PATCH("/api/v1/settings/webhook", {
          body: {
            url: values.url.trim() || null,
            fallback_url: values.fallbackUrl.trim() || null,
            events: values.wants === "all" ? null : values.events,
          },
        }),
      ),
    onSuccess: (answer) => {
      queryClient.setQueryData(["account-webhook"], answer);
      notifications.show({ message: words.saved });
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack gap="lg">
        <TextInput
          label={words.url}
          description={words.urlHelp}
          placeholder="https://example.com/webhooks/calls"
          inputMode="url"
          {...form.getInputProps("url")}
        />
        <TextInput
          label={words.fallback}
          description={words.fallbackHelp}
          inputMode="url"
          {...form.getInputProps("fallbackUrl")}
        />
        <Radio.Group label={words.events} {...form.getInputProps("wants")}>
          <Stack gap={6} mt={6}>
            <Radio value="all" label={words.all} />
            <Radio value="some" label={words.some} />
          </Stack>
        </Radio.Group>
        {form.values.wants === "some" && (
          <Checkbox.Group aria-label={words.events} {...form.getInputProps("events")}>
            <Stack gap="sm" className={classes.indent}>
              {EVENT_TYPES.map((type) => (
                <Checkbox key={type} value={type} label={type} description={words[type]} />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
        {save.error && <ErrorNotice error={save.error} />}
        <div>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {words.save}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
