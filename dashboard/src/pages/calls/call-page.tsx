import { Group, Skeleton, Tabs, Text } from "@mantine/core";
import { useParams, useSearchParams } from "wouter";
import { BackLink } from "../../components/back-link.tsx";
import { useNow } from "../../components/clock.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { DateTime, Duration, RunningDuration } from "../../components/moments.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import { useMay } from "../../api/session.ts";
import type { Wire } from "../../api/wire.ts";
import { statusText, statusTone, useStatusWords } from "../../components/call-status.ts";
import { timelineOf, type Activity } from "./call-timeline.ts";
import { CallWebhooks } from "./call-webhooks.tsx";
import { useCallWords } from "./call-words.ts";
import { Conversation } from "./conversation.tsx";
import { Latency } from "./latency.tsx";
import { LiveControls } from "./live-controls.tsx";
import { Player } from "./player.tsx";
import { Report } from "./report.tsx";
import { SipLadder } from "./sip-ladder.tsx";
import { TimelineView } from "./timeline-view.tsx";
import { useCall } from "./use-call.ts";
import { usePicture } from "./use-picture.ts";
import { useRecording } from "./use-recording.ts";

const TABS = ["conversation", "latency", "webhooks", "sip", "report"] as const;

/** One call: its time axis, and beneath it what was said, what took how long, and who was told. */
export default function CallPage() {
  const { id } = useParams<{ id: string }>();
  const words = useCallWords();
  const { call, trace, activities, stream } = useCall(id);
  if (call.error && !call.data) {
    return (
      <>
        <PageHeader title={words.call} above={<Back />} />
        <ErrorNotice error={call.error} onRetry={() => void call.refetch()} />
      </>
    );
  }
  if (!call.data) {
    return (
      <>
        <PageHeader title={words.call} above={<Back />} description={<Skeleton height={22} width={280} />} />
        <Skeleton height={230} mb="xl" />
        <Skeleton height={320} />
      </>
    );
  }
  return (
    <CallView
      key={id}
      call={call.data}
      trace={trace.data}
      activities={activities}
      note={stream === "lost" ? words.lost : stream === "connecting" ? words.connecting : undefined}
    />
  );
}

interface CallViewProps {
  call: Wire<"Call">;
  /** undefined: not there yet; null: none is kept */
  trace: Wire<"CallTrace"> | null | undefined;
  activities: readonly Activity[];
  note: string | undefined;
}

function CallView({ call, trace, activities, note }: CallViewProps) {
  const words = useCallWords();
  const mayChange = useMay("change");
  const isLive = call.ended_at === null;
  const isWeb = call.direction === "web";
  const now = useNow(isLive ? 250 : undefined);
  const timeline = timelineOf(call, activities, trace ?? undefined, now);
  const url = call.recording_url ?? undefined;
  const picture = usePicture(call.id, url !== undefined);
  const beginsMs = picture?.fromMs ?? timeline.answeredMs ?? 0;
  const recording = useRecording(beginsMs);
  const onSeek = url === undefined ? undefined : recording.seek;
  const [search, setSearch] = useSearchParams();
  const tab = TABS.find((each) => each === search.get("tab")) ?? "conversation";

  return (
    <>
      <PageHeader
        title={titleOf(call, words)}
        above={<Back />}
        description={<Description call={call} />}
        actions={call.status === "in-progress" && mayChange && <LiveControls callId={call.id} />}
      />
      <TimelineView
        timeline={timeline}
        picture={picture}
        positionMs={url === undefined ? undefined : recording.positionMs}
        onSeek={onSeek}
      />
      {url !== undefined && (
        <Player recording={recording} url={url} fromMs={beginsMs} toMs={timeline.lengthMs} />
      )}
      {url === undefined && !isLive && (
        <Text size="sm" c="dimmed" mt="sm">
          {words.noRecording}
        </Text>
      )}
      <Tabs
        value={tab}
        onChange={(name) => setSearch({ tab: name ?? "conversation" }, { replace: true })}
        keepMounted={false}
        mt={36}
      >
        <Tabs.List mb="lg">
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {/* Of a browser's call it has the quality of the audio alone. */}
              {name === "sip" && isWeb ? words.audio : words[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="conversation">
          {activities.length > 0 ? (
            <Conversation activities={activities} onSeek={onSeek} />
          ) : (
            <Told call={call} />
          )}
          <Text size="sm" c="dimmed" role="status" mih={22}>
            {note}
          </Text>
        </Tabs.Panel>
        <Tabs.Panel value="latency">
          {trace && trace.turns.length > 0 ? (
            <Latency turns={trace.turns} />
          ) : (
            <Nothing trace={trace} text={words.noTurns} />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="webhooks">
          {trace ? (
            <CallWebhooks webhooks={trace.webhooks} />
          ) : (
            <Nothing trace={trace} text={words.noTrace} />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="sip">
          {trace ? <SipLadder trace={trace} isWeb={isWeb} /> : <Nothing trace={trace} text={words.noTrace} />}
        </Tabs.Panel>
        <Tabs.Panel value="report">
          <Report call={call} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function Back() {
  const words = useCallWords();
  return <BackLink href="/calls">{words.calls}</BackLink>;
}

function Description({ call }: { call: Wire<"Call"> }) {
  const words = useCallWords();
  const statusWords = useStatusWords();
  return (
    <Group gap="6px 16px">
      <StatusBadge tone={statusTone(call.status)}>{statusText(call.status, statusWords)}</StatusBadge>
      {call.agent_name !== null && <span>{call.agent_name}</span>}
      <DateTime at={call.started_at ?? call.created_at} />
      {call.started_at !== null &&
        (call.ended_at === null ? (
          <RunningDuration since={call.started_at} />
        ) : (
          <Duration seconds={call.duration_seconds} />
        ))}
      <CopyButton value={call.id} what={words.callId} />
    </Group>
  );
}

/** Calls from before activities were kept have what was said, without when. */
function Told({ call }: { call: Wire<"Call"> }) {
  const words = useCallWords();
  const said = call.messages.filter(({ role }) => role === "user" || role === "assistant");
  if (said.length === 0) return <Text c="dimmed">{words.noConversation}</Text>;
  return (
    <Conversation
      onSeek={undefined}
      activities={said.map(({ role, content }, index) => ({
        sequence: index,
        type: "message",
        offset_ms: 0,
        speech_offset_ms: null,
        role: role as "user" | "assistant",
        content,
      }))}
    />
  );
}

function Nothing({ trace, text }: { trace: Wire<"CallTrace"> | null | undefined; text: string }) {
  const words = useCallWords();
  if (trace === undefined) return <Skeleton height={240} />;
  return <Text c="dimmed">{trace === null ? words.noTrace : text}</Text>;
}

function titleOf(call: Wire<"Call">, words: ReturnType<typeof useCallWords>): string {
  switch (call.direction) {
    case "web":
      return words.inBrowser;
    case "inbound":
      return words.from(call.caller_phone ?? words.withheld);
    case "outbound":
      return words.to(call.caller_phone ?? words.withheld);
  }
}
