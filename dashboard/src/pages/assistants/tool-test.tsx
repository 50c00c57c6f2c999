import { Anchor, Button, Skeleton, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import type { Wire } from "../../api/wire.ts";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { JsonView } from "../../components/json-view.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import { useFormats } from "../../language/use-formats.ts";
import { useEditor, useField } from "./editor.ts";
import { bodyShown } from "./webhook-body.ts";
import { Group } from "./section.tsx";
import { ToolArguments } from "./tool-arguments.tsx";
import { functionPath } from "./tool-entry.ts";
import { exampleArguments } from "./tool-parameters.ts";
import { useToolTestWords } from "./tool-test-words.ts";
import classes from "./webhook-test.module.css";

/** Asks the tool's webhook now, saved or not, and shows both sides. */
export function ToolTest({ path, tool }: { path: string; tool: unknown }) {
  const words = useToolTestWords();
  const { id } = useEditor();
  const { value: parameters } = useField(`${functionPath(tool, path)}.parameters`);
  const [given, setGiven] = useState<Record<string, unknown> | undefined>();
  // Until one has typed, an example of what the schema asks for now.
  const shown = given ?? exampleArguments(parameters);
  const test = useMutation({
    mutationFn: async () => {
      const body = { tool: tool as Record<string, unknown>, arguments: shown };
      const params = { path: { id } };
      return (await need(api.POST("/api/v1/assistants/{id}/tools/test", { params, body }))).tool_test;
    },
  });
  return (
    <Group title={words.title}>
      <Text size="sm" c="dimmed">
        {words.help}
      </Text>
      <ToolArguments label={words.arguments} parameters={parameters} value={shown} onChange={setGiven} />
      <div>
        <Button variant="default" size="xs" loading={test.isPending} onClick={() => test.mutate()}>
          {words.run}
        </Button>
      </div>
      <div aria-live="polite">
        {test.isPending && (
          <>
            <span className="visually-hidden">{words.running}</span>
            <Skeleton height={120} />
          </>
        )}
        {test.error && <ErrorNotice error={test.error} />}
        {test.data && !test.isPending && <Result result={test.data} />}
      </div>
    </Group>
  );
}

function Result({ result }: { result: Wire<"ToolTest"> }) {
  const words = useToolTestWords();
  const formats = useFormats();
  const attempt = result.attempts.at(-1);
  if (!attempt) return <Text c="var(--bad)">{words.nowhere}</Text>;
  const time = formats.milliseconds(attempt.timings.total_ms ?? 0);
  const status = attempt.status_code === null ? undefined : String(attempt.status_code);
  const isGood = result.outcome === "result";
  return (
    <div className={classes.attempt}>
      <StatusBadge tone={isGood ? "good" : "bad"}>
        {isGood && status !== undefined
          ? words.answered(status, time)
          : words.failed(status ?? attempt.error ?? attempt.outcome, time)}
      </StatusBadge>
      <Part title={words.modelReads} value={result.model_reads} />
      {attempt.response_body !== "" && <Part title={words.answer} value={bodyShown(attempt.response_body)} />}
      <details>
        <summary>{words.request}</summary>
        <JsonView label={words.request} value={result.request_body} />
      </details>
      <Anchor component={Link} href={`/webhooks/events/${result.webhook_event_id}`} size="sm">
        {words.openEvent}
      </Anchor>
    </div>
  );
}

function Part({ title, value }: { title: string; value: unknown }) {
  return (
    <div>
      <Text size="sm" c="dimmed" mb={4}>
        {title}
      </Text>
      <JsonView label={title} value={value} />
    </div>
  );
}
