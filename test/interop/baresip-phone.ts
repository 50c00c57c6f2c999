import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import path from "node:path";
import { readWav, type Phone, type PhoneOptions } from "./phone.ts";
import { freePort } from "./sipp-run.ts";
import { until } from "./until.ts";

const MODULES = ["/usr/lib/baresip/modules", "/usr/lib/x86_64-linux-gnu/baresip/modules"];

/** baresip, told over its control connection. It answers calls by itself. */
export async function startBaresip(options: PhoneOptions): Promise<Phone> {
  const { folder } = options;
  const heardFolder = path.join(folder, "heard");
  await mkdir(heardFolder, { recursive: true });
  const controlPort = await freePort();
  await writeFile(
    path.join(folder, "accounts"),
    `<sip:${options.number}@127.0.0.1;transport=udp>;regint=0;answermode=auto;audio_codecs=PCMA/8000/1\n`,
  );
  await writeFile(path.join(folder, "contacts"), "");
  const config = [
    `module_path ${MODULES.find((place) => existsSync(place))}`,
    ...["g711", "aufile", "aubridge", "sndfile"].map((name) => `module ${name}.so`),
    ...["account", "menu", "ctrl_tcp"].map((name) => `module_app ${name}.so`),
    `ctrl_tcp_listen 127.0.0.1:${controlPort}`,
    `sip_listen 127.0.0.1:${options.sipPort}`,
    `rtp_ports ${options.rtpPort}-${options.rtpPort + 9}`,
    "rtp_stats no",
    `audio_source aufile,${options.microphone}`,
    "audio_player aubridge,nowhere",
    "audio_alert aubridge,nowhere",
    `snd_path ${heardFolder}`,
    "net_interface 127.0.0.1",
  ];
  await writeFile(path.join(folder, "config"), `${config.join("\n")}\n`);
  const program = spawn("baresip", ["-f", folder, "-v"], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [program.stdout, program.stderr]) {
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  }
  const ended = new Promise<void>((resolve) => program.once("exit", () => resolve()));
  const control = await until(() => open(controlPort), Boolean, 10_000);
  control!.on("data", (chunk) => (output += chunk.toString()));

  /** Commands are JSON in netstrings. */
  function tell(command: string, params = ""): void {
    const json = JSON.stringify({ command, params });
    control!.write(`${Buffer.byteLength(json)}:${json},`);
  }

  return {
    dial: (uri) => tell("dial", uri),
    hangUp: () => tell("hangup"),
    press: (digit) => tell("sndcode", digit),
    hold: () => tell("hold"),
    resume: () => tell("resume"),
    async heard() {
      const recordings = (await readdir(heardFolder)).filter((name) => name.includes("dec")).toSorted();
      const newest = recordings.at(-1);
      return readWav(newest ? await readFile(path.join(heardFolder, newest)) : Buffer.alloc(0));
    },
    output: () => output,
    async stop() {
      control!.destroy();
      program.kill("SIGTERM");
      await ended;
    },
  };
}

function open(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(socket));
    socket.on("error", () => resolve(undefined));
  });
}
