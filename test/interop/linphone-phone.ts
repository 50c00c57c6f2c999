import { spawn } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { readWav, type Phone, type PhoneOptions } from "./phone.ts";
import { until } from "./until.ts";

/** linphonec, told on its standard input. It answers calls by itself. */
export async function startLinphone(options: PhoneOptions): Promise<Phone> {
  const { folder } = options;
  const recording = path.join(folder, "heard.wav");
  const { credentials } = options;
  const settings = path.join(folder, "linphonerc");
  await writeFile(
    settings,
    [
      "[sip]",
      `sip_port=${options.sipPort}`,
      `sip_tcp_port=${options.sipPort}`,
      "sip_tls_port=-1",
      "guess_hostname=0",
      // It looks for a way out of the machine and is deaf where there is none.
      "auto_net_state_mon=0",
      `contact=sip:${options.number}@127.0.0.1`,
      "use_ipv6=0",
      "bind_address=127.0.0.1",
      "default_proxy=-1",
      // Digits in the audio stream, as a telephone sends them.
      "use_rfc2833=1",
      "use_info=0",
      "[rtp]",
      "bind_address=127.0.0.1",
      `audio_rtp_port=${options.rtpPort}`,
      "[audio_codec_0]",
      "mime=PCMA",
      "rate=8000",
      "enabled=1",
      "[audio_codec_1]",
      "mime=PCMU",
      "rate=8000",
      "enabled=1",
      // What is not named here is offered too. Its recording of Opus does not say at which rate until it is over.
      "[audio_codec_2]",
      "mime=opus",
      "rate=48000",
      "channels=2",
      "enabled=0",
      ...(credentials
        ? [
            "[auth_info_0]",
            `username=${options.number}`,
            `userid=${credentials.username}`,
            `passwd=${credentials.password}`,
          ]
        : []),
      "",
    ].join("\n"),
  );
  await mkdir(path.join(folder, ".local/share/linphone"), { recursive: true });
  const program = spawn("linphonec", ["-c", settings, "-a", "-S"], {
    stdio: ["pipe", "pipe", "pipe"],
    // Its history and keys go into the home folder.
    env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  });
  let output = "";
  for (const stream of [program.stdout, program.stderr]) {
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  }
  program.stdin.on("error", () => undefined);
  const ended = new Promise<void>((resolve) => program.once("exit", () => resolve()));
  const tell = (line: string) => program.stdin.write(`${line}\n`);
  await until(
    () => output.includes("linphonec>"),
    (isUp) => isUp,
    15_000,
  );
  // Where the machine has an IPv6 address it offers that one, also to an IPv4 peer, and then hears nothing.
  tell("ipv6 disable");
  tell("soundcard use files");
  tell(`play ${options.microphone}`);
  tell(`record ${recording}`);

  return {
    dial: (uri) => tell(`call ${uri} --audio-only`),
    hangUp: () => tell("terminate"),
    press: (digit) => tell(digit),
    hold: () => tell("pause"),
    resume: () => tell("resume 1"),
    heard: async () => readWav(await readFile(recording).catch(() => Buffer.alloc(0))),
    output: () => output,
    async stop() {
      tell("quit");
      program.kill("SIGTERM");
      await ended;
    },
  };
}
