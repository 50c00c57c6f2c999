import { ActionIcon, Button, Menu, Text } from "@mantine/core";
import IconDownload from "@tabler/icons-react/icons/IconDownload";
import IconPlayerPause from "@tabler/icons-react/icons/IconPlayerPause";
import IconPlayerPlay from "@tabler/icons-react/icons/IconPlayerPlay";
import { useFormats } from "../../language/use-formats.ts";
import { useCallWords } from "./call-words.ts";
import classes from "./player.module.css";
import { ownAddressOf, type Recording } from "./use-recording.ts";

const RATES = [1, 1.25, 1.5, 2] as const;

/** Under the timeline. The slider is what the keyboard has for a click on it. */
export function Player(props: { recording: Recording; url: string; fromMs: number; toMs: number }) {
  const { recording, fromMs, toMs } = props;
  const words = useCallWords();
  const formats = useFormats();
  const url = ownAddressOf(props.url);
  const atText = formats.duration(recording.positionMs / 1_000);
  return (
    <div className={classes.player}>
      {/* What is said is in the conversation below. */}
      <audio
        ref={recording.audio}
        src={url}
        preload="metadata"
        onPlay={() => recording.onPlayingChange(true)}
        onPause={() => recording.onPlayingChange(false)}
        onSeeked={(event) => recording.onMoved(event.currentTarget.currentTime)}
        onError={() => recording.onFailed()}
      />
      <ActionIcon
        size="lg"
        radius="xl"
        onClick={() => recording.toggle()}
        aria-label={recording.isPlaying ? words.pause : words.play}
      >
        {recording.isPlaying ? <IconPlayerPause size={18} /> : <IconPlayerPlay size={18} />}
      </ActionIcon>
      <input
        type="range"
        className={classes.slider}
        min={fromMs}
        max={toMs}
        step={1_000}
        value={recording.positionMs}
        aria-label={words.position}
        aria-valuetext={atText}
        onChange={(event) => recording.seek(Number(event.currentTarget.value))}
      />
      <span className={classes.time}>
        {atText} / {formats.duration(toMs / 1_000)}
      </span>
      <Menu width={100}>
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            aria-label={`${words.speed}: ${recording.rate}×`}
          >
            {recording.rate}×
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.RadioGroup
            value={String(recording.rate)}
            onChange={(rate) => recording.setRate(Number(rate))}
          >
            {RATES.map((rate) => (
              <Menu.RadioItem key={rate} value={String(rate)} closeMenuOnClick>
                {rate}×
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </Menu.Dropdown>
      </Menu>
      <ActionIcon
        component="a"
        href={url}
        download
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={words.download}
      >
        <IconDownload size={17} />
      </ActionIcon>
      {recording.hasFailed && (
        <Text role="alert" size="sm" c="var(--bad)" className={classes.failed}>
          {words.recordingFailed}
        </Text>
      )}
    </div>
  );
}
