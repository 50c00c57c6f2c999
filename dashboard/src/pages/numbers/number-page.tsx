import { Anchor, Button, Skeleton, Stack, Switch, Text, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useLocation, useParams } from "wouter";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { trunksQuery } from "../../api/lists.ts";
import { useMay } from "../../api/session.ts";
import type { Wire } from "../../api/wire.ts";
import { BackLink } from "../../components/back-link.tsx";
import { DeleteButton } from "../../components/delete-button.tsx";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { Facts } from "../../components/facts.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { RoleNote } from "../../components/role-note.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import { linksOf, NONE, NumberFields } from "./number-fields.tsx";
import { useNumbersWords } from "./numbers-words.ts";

export default function NumberPage() {
  const { id } = useParams<{ id: string }>();
  const words = useNumbersWords();
  const mayChange = useMay("change");
  const queryClient = useQueryClient();
  const [, navigate] = useLocation();
  const path = { params: { path: { id } } };
  const { data, error, refetch } = useQuery({
    queryKey: ["number", id],
    queryFn: ({ signal }) => need(api.GET("/api/v1/numbers/{id}", { ...path, signal })),
    select: (answer) => answer.number,
  });
  return (
    <>
      <PageHeader
        title={data?.phone_number ?? words.number}
        above={<BackLink href="/numbers">{words.title}</BackLink>}
        description={
          data && (
            <StatusBadge tone={data.is_active ? "good" : "neutral"}>
              {data.is_active ? words.active : words.inactive}
            </StatusBadge>
          )
        }
        actions={
          mayChange &&
          data && (
            <DeleteButton
              label={words.remove}
              title={words.removeTitle(data.phone_number)}
              help={words.removeHelp}
              confirmLabel={words.removeConfirm}
              onDelete={async () => {
                await need(api.DELETE("/api/v1/numbers/{id}", path));
                await queryClient.invalidateQueries({ queryKey: ["numbers"] });
                navigate("/numbers");
              }}
            />
          )
        }
      />
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      <RoleNote needs="change" />
      {data ? (
        <Stack gap="xl" maw={620}>
          {mayChange ? (
            <NumberForm key={JSON.stringify(data)} number={data} />
          ) : (
            <NumberFacts number={data} />
          )}
          <HowToTry phoneNumber={data.phone_number} />
        </Stack>
      ) : (
        !error && <Skeleton height={360} />
      )}
    </>
  );
}

function NumberFacts({ number }: { number: Wire<"Number"> }) {
  const words = useNumbersWords();
  return (
    <Facts
      facts={[
        [words.name, number.name ?? "–"],
        [words.answeredBy, number.workflow_name ?? number.agent_name ?? words.nobody],
      ]}
    />
  );
}

function NumberForm({ number }: { number: Wire<"Number"> }) {
  const words = useNumbersWords();
  const queryClient = useQueryClient();
  const form = useForm({
    initialValues: {
      name: number.name ?? "",
      assistantId: number.agent_id ?? NONE,
      workflowId: number.workflow_id ?? NONE,
      trunkId: number.transfer_trunk_id ?? NONE,
      isActive: number.is_active,
    },
  });
  const save = useMutation({
    mutationFn: (values: typeof form.values) =>
      need(
        api.PATCH("/api/v1/numbers/{id}", {
          params: { path: { id: number.id } },
          body: { ...linksOf(values), is_active: values.isActive },
        }),
      ),
    onSuccess: async (answer) => {
      queryClient.setQueryData(["number", number.id], answer);
      notifications.show({ message: words.saved });
      await queryClient.invalidateQueries({ queryKey: ["numbers"] });
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack gap="lg">
        <Switch
          label={words.active}
          description={words.activeHelp}
          {...form.getInputProps("isActive", { type: "checkbox" })}
        />
        <NumberFields form={form} />
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

function HowToTry({ phoneNumber }: { phoneNumber: string }) {
  const words = useNumbersWords();
  const trunks = useQuery(trunksQuery);
  return (
    <section>
      <Title order={2} mb={4}>
        {words.tryTitle}
      </Title>
      <Text>{words.tryTrunk(phoneNumber)}</Text>
      <Text>{words.tryPhone(`sip:${phoneNumber}@${location.hostname}`)}</Text>
      {trunks.data?.length === 0 && (
        <Text mt="xs">
          {words.tryNoTrunk}{" "}
          <Anchor component={Link} href="/trunks/new">
            {words.addTrunk}
          </Anchor>
        </Text>
      )}
      <Anchor
        component={Link}
        href={`/calls?search=${encodeURIComponent(phoneNumber)}`}
        mt="sm"
        display="block"
      >
        {words.calls}
      </Anchor>
    </section>
  );
}
