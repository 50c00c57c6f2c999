import { Button, Group, Text, Title } from "@mantine/core";
import IconDownload from "@tabler/icons-react/icons/IconDownload";
import type { Wire } from "../../api/wire.ts";
import { Facts } from "../../components/facts.tsx";
import { useFormats } from "../../language/use-formats.ts";
import { useCallWords } from "./call-words.ts";
import classes from "./sip-ladder.module.css";

/** The SIP messages as telephone engineers draw them, and how the audio arrived. */
export function SipLadder({ trace, isWeb }: { trace: Wire<"CallTrace">; isWeb: boolean }) {
  const words = useCallWords();
  const formats = useFormats();
  return (
    <>
      <Group justify="space-between" align="flex-start" gap={12} mb={20}>
        <Text c="dimmed" maw="68ch">
          {trace.sip.length > 0 ? words.sipHelp : isWeb ? words.noSipInBrowser : words.noSip}
        </Text>
        {trace.sip.length > 0 && (
          <Button
            component="a"
            href={`/api/v1/calls/${trace.call_id}/call.pcap`}
            download={`${trace.call_id}.pcap`}
            variant="default"
            size="xs"
            leftSection={<IconDownload size={14} aria-hidden />}
          >
            {words.pcap}
          </Button>
        )}
      </Group>
      {trace.sip.length > 0 && (
        <ol className={classes.ladder}>
          <li className={classes.parties} aria-hidden>
            <span />
            <span>{words.sipThere}</span>
            <span>{words.sipHere}</span>
          </li>
          {trace.sip.map((message, index) => (
            // Messages have no id, and never change their order.
            <li key={index} className={classes.message} data-repeat={message.is_retransmission}>
              <span className={classes.time}>{formats.milliseconds(message.offset_ms)}</span>
              <span className={classes.arrow} data-direction={message.direction}>
                <span title={`${message.cseq} · ${message.peer} · ${message.transport}`}>
                  {shortLine(message.start_line)}
                  {message.is_retransmission && <em> ({words.repeat})</em>}
                </span>
                <span className="visually-hidden">
                  {message.direction === "in" ? `→ ${words.sipHere}` : `→ ${words.sipThere}`}
                </span>
              </span>
            </li>
          ))}
        </ol>
      )}
      {trace.sip_omitted > 0 && (
        <Text c="dimmed" size="sm">
          {words.omitted(formats.number(trace.sip_omitted))}
        </Text>
      )}
      {trace.media.map((leg, index) => (
        <section key={index} className={classes.media}>
          <Title order={2} size="h3" mb="xs">
            {words.audio}
            {trace.media.length > 1 && ` ${index + 1}`}
          </Title>
          <Facts
            facts={[
              [words.codec, leg.codec],
              [
                words.packets,
                `${formats.number(leg.sent_packets)} / ${formats.number(leg.received_packets)}`,
              ],
              [
                words.lossAndLate,
                `${formats.number(leg.lost_packets)} / ${formats.number(leg.late_packets)}`,
              ],
              [words.jitter, formats.milliseconds(leg.jitter_ms)],
              [words.mos, leg.mos === null ? "–" : leg.mos.toFixed(2)],
            ]}
          />
        </section>
      ))}
    </>
  );
}

/** "INVITE", "200 OK": the address and the version are the same in every line. */
function shortLine(startLine: string): string {
  const [method, , version] = startLine.split(" ");
  return version?.startsWith("SIP/") ? method! : startLine.replace(/^SIP\/\S+ /, "");
}
