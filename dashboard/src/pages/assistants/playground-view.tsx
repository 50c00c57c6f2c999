import { Anchor, Button, Checkbox, Group, Text } from "@mantine/core";
import IconKeyboard from "@tabler/icons-react/icons/IconKeyboard";
import IconMicrophone from "@tabler/icons-react/icons/IconMicrophone";
import IconMicrophoneOff from "@tabler/icons-react/icons/IconMicrophoneOff";
import IconPhoneOff from "@tabler/icons-react/icons/IconPhoneOff";
import { useState } from "react";
import { Link } from "wouter";
import { EmptyState } from "../../components/empty-state.tsx";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import { BehindTheCall } from "./behind-the-call.tsx";
import { changesBetween } from "./document.ts";
import { draftOf, useDraftValue, useIsChanged } from "./drafts.ts";
import { LevelMeter } from "./level-meter.tsx";
import { Notice } from "./notice.tsx";
import classes from "./playground.module.css";
import { usePlaygroundWords } from "./playground-words.ts";
import { TalkConversation } from "./talk-conversation.tsx";
import { useTalk } from "./use-talk.ts";

/** A call with the assistant in the browser, and what happens behind it. */
export default function PlaygroundView({ id, isReadOnly }: { id: string; isReadOnly: boolean }) {
  const words = usePlaygroundWords();
  const isChanged = useIsChanged(id);
  const isScripted = useDraftValue(id, "stt_config.provider") === "scripted";
  const [wantsDraft, setWantsDraft] = useState(true);
  const talk = useTalk(id);
  const { phase, callId, lines, microphone, error } = talk.state;
  const isLive = phase === "connected" || phase === "reconnecting";

  const start = (wantsMicrophone: boolean) => {
    const draft = draftOf(id);
    const override =
      isChanged && wantsDraft && draft ? changesBetween(draft.saved, draft.current) : undefined;
    void talk.start(wantsMicrophone, override);
  };

  const begin = (
    <>
      <Button leftSection={<IconMicrophone size={16} aria-hidden />} onClick={() => start(true)}>
        {phase === "over" ? words.again : words.talk}
      </Button>
      <Button
        variant="default"
        leftSection={<IconKeyboard size={16} aria-hidden />}
        onClick={() => start(false)}
      >
        {words.typeOnly}
      </Button>
    </>
  );
  const draftChoice = isChanged && (
    <Checkbox
      label={words.withDraft}
      description={words.withDraftHelp}
      checked={wantsDraft}
      onChange={(event) => setWantsDraft(event.currentTarget.checked)}
    />
  );

  if (isReadOnly) return null;
  if (phase === "idle") {
    return (
      <EmptyState title={words.idleTitle} actions={begin}>
        {words.idle}
        {isScripted && <Text mt="sm">{words.scripted}</Text>}
        <div className={classes.draft}>{draftChoice}</div>
      </EmptyState>
    );
  }

  return (
    <>
      <div className={classes.controls}>
        <div role="status">
          {phase === "opening" && <StatusBadge tone="neutral">{words.opening}</StatusBadge>}
          {phase === "connected" && <StatusBadge tone="live">{words.connected}</StatusBadge>}
          {phase === "reconnecting" && <StatusBadge tone="warn">{words.reconnecting}</StatusBadge>}
          {phase === "over" && <StatusBadge tone="neutral">{words.over}</StatusBadge>}
        </div>
        {isLive && (microphone === "on" || microphone === "muted") && (
          <LevelMeter label={words.level} level={microphone === "on" ? talk.level : () => 0} />
        )}
        <Group gap="xs" ml="auto">
          {isLive && microphone === "off" && (
            <Button
              variant="default"
              leftSection={<IconMicrophone size={16} aria-hidden />}
              onClick={() => void talk.openMicrophone()}
            >
              {words.openMicrophone}
            </Button>
          )}
          {isLive && (microphone === "on" || microphone === "muted") && (
            <Button
              variant="default"
              aria-pressed={microphone === "muted"}
              leftSection={
                microphone === "muted" ? (
                  <IconMicrophoneOff size={16} aria-hidden />
                ) : (
                  <IconMicrophone size={16} aria-hidden />
                )
              }
              onClick={() => void talk.setMuted(microphone === "on")}
            >
              {microphone === "muted" ? words.unmute : words.mute}
            </Button>
          )}
          {isLive && (
            <Button
              color="red.9"
              leftSection={<IconPhoneOff size={16} aria-hidden />}
              onClick={() => void talk.hangUp()}
            >
              {words.hangUp}
            </Button>
          )}
          {phase === "over" && (
            <>
              {callId !== undefined && (
                <Anchor component={Link} href={`/calls/${callId}`} mr="sm">
                  {words.openCall}
                </Anchor>
              )}
              {begin}
            </>
          )}
        </Group>
      </div>
      {phase === "over" && draftChoice}
      {(microphone === "denied" || microphone === "missing" || microphone === "insecure") && isLive && (
        <Notice>
          {words[microphone]}{" "}
          {microphone !== "insecure" && (
            <Anchor
              component="button"
              type="button"
              inherit
              underline="always"
              onClick={() => void talk.openMicrophone()}
            >
              {words.openMicrophone}
            </Anchor>
          )}
        </Notice>
      )}
      {error && <ErrorNotice error={error} onRetry={() => start(microphone !== "off")} />}
      <div className={classes.panes}>
        <TalkConversation lines={lines} isLive={isLive} onSend={talk.send} />
        {callId !== undefined && (
          <BehindTheCall
            key={callId}
            callId={callId}
            // Without it the last words are missing here, and stand on the call's page.
            onOver={() => void talk.complete(callId).catch(() => undefined)}
          />
        )}
      </div>
    </>
  );
}
