import { ActionIcon, Button, Code, Group, Text, Title, Tooltip } from "@mantine/core";
import IconEye from "@tabler/icons-react/icons/IconEye";
import IconEyeOff from "@tabler/icons-react/icons/IconEyeOff";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { useMay } from "../../api/session.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { RotateSecretDialog, type SecretOwner } from "../../components/rotate-secret-dialog.tsx";
import { useFormats } from "../../language/use-formats.ts";
import { useSecretWords } from "./secret-words.ts";
import classes from "./webhooks.module.css";

/** What signs: hidden until an owner asks for it, and replaced without losing an event. */
export function SecretSection({ whose }: { whose: SecretOwner }) {
  const words = useSecretWords();
  const formats = useFormats();
  const mayOwn = useMay("own");
  const [isRotating, setRotating] = useState(false);
  const [isShown, setShown] = useState(false);
  const isAccount = "account" in whose;
  const { data } = useQuery({
    queryKey: ["account-webhook"],
    queryFn: ({ signal }) => need(api.GET("/api/v1/settings/webhook", { signal })),
    select: (answer) => answer.webhook,
    enabled: isAccount,
  });
  const secret = isAccount ? data?.secret : undefined;
  return (
    <section className={classes.part}>
      <Title order={2}>{words.title}</Title>
      <Text c="dimmed" mb="sm">
        {words.help} {!mayOwn && words.ownersOnly}
      </Text>
      {mayOwn && secret && (
        <Group gap={4} mb="sm" wrap="nowrap">
          <Code aria-label={words.yourSecret}>{isShown ? secret : "•".repeat(24)}</Code>
          <Tooltip label={isShown ? words.hide : words.show}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={isShown ? words.hide : words.show}
              onClick={() => setShown(!isShown)}
            >
              {isShown ? <IconEyeOff size={16} /> : <IconEye size={16} />}
            </ActionIcon>
          </Tooltip>
          <CopyButton value={secret} what={words.yourSecret} />
        </Group>
      )}
      {data?.previous_secrets.map(({ expires_at: until }) => (
        <Text key={until} size="sm" mb="sm">
          {words.previous(formats.dateTime(new Date(until)))}
        </Text>
      ))}
      {mayOwn && (
        <Button variant="default" onClick={() => setRotating(true)}>
          {words.rotate}
        </Button>
      )}
      {isRotating && <RotateSecretDialog whose={whose} onClose={() => setRotating(false)} />}
    </section>
  );
}
