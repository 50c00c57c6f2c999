import { Button, Code, Text, Title } from "@mantine/core";
import type { Wire } from "../../api/wire.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { JsonView } from "../../components/json-view.tsx";
import { outcomeText, useAttemptWords } from "./attempt-words.ts";
import classes from "./attempt.module.css";
import { TimingBar } from "./timing-bar.tsx";

const FAULTS = { receiver: "receiverFault", network: "networkFault", operator: "operatorFault" } as const;

/** One request in full: what it means, where the time went, both sides of it, and the line to do it by hand. */
export function AttemptDetail({ attempt, body }: { attempt: Wire<"WebhookAttempt">; body: unknown }) {
  const words = useAttemptWords();
  const hasAnswer = attempt.status_code !== null;
  return (
    <div className={classes.detail}>
      <div>
        <Text fw={500}>
          {outcomeText(attempt.outcome, words)}
          {attempt.error !== null && <Text span fw={400}>{`: ${attempt.error}`}</Text>}
        </Text>
        {attempt.fault !== null && <Text c="dimmed">{words[FAULTS[attempt.fault]]}</Text>}
        <Text c="dimmed" size="sm" className={classes.place}>
          {[attempt.url, attempt.remote_address, attempt.connection && words[attempt.connection]]
            .filter((part) => part !== null)
            .join(" · ")}
        </Text>
      </div>
      <TimingBar timings={attempt.timings} />
      <div className={classes.sides}>
        <section>
          <Title order={3}>{words.request}</Title>
          <Headers label={`${words.request}: ${words.headers}`} headers={attempt.request_headers} />
          <Text size="xs" c="dimmed" my={6}>
            {words.signatureNote}
          </Text>
          <JsonView value={body} label={`${words.request}: ${words.body}`} />
        </section>
        <section>
          <Title order={3}>
            {attempt.status_code === null ? words.response : `${words.response} ${attempt.status_code}`}
          </Title>
          {hasAnswer ? (
            <>
              {attempt.response_headers && (
                <Headers label={`${words.response}: ${words.headers}`} headers={attempt.response_headers} />
              )}
              <AnswerBody text={attempt.response_body} />
            </>
          ) : (
            <Text c="dimmed">{words.noAnswer}</Text>
          )}
        </section>
      </div>
      <section>
        <Title order={3}>{words.curl}</Title>
        <Text size="sm" c="dimmed" mb={6}>
          {words.curlHelp}
        </Text>
        <div className={classes.curl}>
          <Code block tabIndex={0} className={classes.line}>
            {attempt.curl}
          </Code>
          <CopyButton value={attempt.curl} what="curl" />
        </div>
        <Button
          size="xs"
          variant="default"
          mt="xs"
          component="a"
          download="body.json"
          href={`data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(body))}`}
        >
          {words.downloadBody}
        </Button>
      </section>
    </div>
  );
}

function Headers({ label, headers }: { label: string; headers: Record<string, string> }) {
  return (
    <dl className={classes.headers} aria-label={label}>
      {Object.entries(headers).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** JSON where it is some, else the text as it came. */
function AnswerBody({ text }: { text: string }) {
  const words = useAttemptWords();
  if (text === "") return <Text c="dimmed">{words.nothing}</Text>;
  const json = parsed(text);
  if (json !== undefined) return <JsonView value={json} label={`${words.response}: ${words.body}`} />;
  return (
    <Code block tabIndex={0} className={classes.line}>
      {text}
    </Code>
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
