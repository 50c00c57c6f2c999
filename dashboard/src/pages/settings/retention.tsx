import { Button, Select, Stack, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { useMay } from "../../api/session.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { Facts } from "../../components/facts.tsx";
import { useFormats } from "../../language/use-formats.ts";
import { useOrganizationWords } from "./organization-words.ts";

const CONTENT_DAYS = [30, 90, 180, 365] as const;
const METADATA_DAYS = [30, 90, 180, 365, 730] as const;
type ContentDays = (typeof CONTENT_DAYS)[number];
type MetadataDays = (typeof METADATA_DAYS)[number];

/** Both at once, as the API has it; what is said never longer than that there was a call. */
export function Retention(props: { contentDays: number | null; metadataDays: number | null }) {
  const words = useOrganizationWords();
  const mayOwn = useMay("own");
  const inWords = usePeriods();
  const queryClient = useQueryClient();
  const [content, setContent] = useState(CONTENT_DAYS.find((days) => days === props.contentDays));
  const [metadata, setMetadata] = useState(METADATA_DAYS.find((days) => days === props.metadataDays));
  const [isAsking, setAsking] = useState(false);
  const isChanged =
    content !== (props.contentDays ?? undefined) || metadata !== (props.metadataDays ?? undefined);
  const isWhole = content !== undefined && metadata !== undefined && content <= metadata;

  return (
    <section>
      <Title order={2}>{words.retention}</Title>
      <Text c="dimmed" mb="sm">
        {words.retentionHelp}
      </Text>
      {mayOwn ? (
        <Stack gap="md">
          <Select
            label={words.content}
            placeholder={words.forGood}
            data={CONTENT_DAYS.map((days) => ({ value: String(days), label: inWords(days) }))}
            value={content === undefined ? null : String(content)}
            onChange={(value) => {
              const days = CONTENT_DAYS.find((each) => String(each) === value);
              setContent(days);
              if (days !== undefined && (metadata ?? 0) < days) setMetadata(days);
            }}
          />
          <Select
            label={words.metadata}
            placeholder={words.forGood}
            data={METADATA_DAYS.map((days) => ({
              value: String(days),
              label: inWords(days),
              disabled: content !== undefined && days < content,
            }))}
            value={metadata === undefined ? null : String(metadata)}
            onChange={(value) => setMetadata(METADATA_DAYS.find((each) => String(each) === value))}
          />
          <div>
            <Button variant="default" disabled={!isChanged || !isWhole} onClick={() => setAsking(true)}>
              {words.save}
            </Button>
            {isChanged && !isWhole && (
              <Text size="sm" c="dimmed" mt={4}>
                {words.chooseBoth}
              </Text>
            )}
          </div>
        </Stack>
      ) : (
        <Facts
          facts={[
            [words.content, inWords(props.contentDays)],
            [words.metadata, inWords(props.metadataDays)],
          ]}
        />
      )}
      {isAsking && isWhole && (
        <ConfirmDialog
          title={words.confirmTitle}
          confirmLabel={words.confirm}
          isDangerous
          onConfirm={() => save(content, metadata)}
          onClose={() => setAsking(false)}
        >
          {words.confirmHelp(inWords(content), inWords(metadata))}
        </ConfirmDialog>
      )}
    </section>
  );

  async function save(contentDays: ContentDays, metadataDays: MetadataDays) {
    await need(
      api.PATCH("/api/v1/organizations", {
        body: { content_retention_days: contentDays, metadata_retention_days: metadataDays },
      }),
    );
    notifications.show({ message: words.saved });
    await queryClient.invalidateQueries({ queryKey: ["organization"] });
  }
}

function usePeriods(): (days: number | null) => string {
  const words = useOrganizationWords();
  const formats = useFormats();
  return (days) => {
    if (days === null) return words.forGood;
    if (days === 365) return words.year;
    return days === 730 ? words.years : words.days(formats.number(days));
  };
}
