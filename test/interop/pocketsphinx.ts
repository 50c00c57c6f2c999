import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { parseWav } from "../../src/speech/tts/espeak.ts";

/** A recogniser that has never heard of us: CMU Pocketsphinx with Debian's English model and a grammar. */
export interface Recogniser {
  /** @returns what was said, in small letters; empty: nothing that the grammar knows */
  recognise(samples: Int16Array, sampleRateHz: number): Promise<string>;
}

const MODEL = "/usr/share/pocketsphinx/model/en-us";
/** what the model was trained with */
const MODEL_RATE_HZ = 16_000;
/** The recogniser tells speech from silence by what is before it. */
const LEAD_SAMPLES = MODEL_RATE_HZ * 0.4;
const WITHIN_MS = 30_000;

/**
 * @param folder  for its files
 * @param sentences  a JSGF expansion: `yes | i want to fly to <city>`
 * @param rules  the rest of the grammar: `<city> = london | berlin;`
 */
export async function createRecogniser(
  folder: string,
  sentences: string,
  rules: string,
): Promise<Recogniser> {
  const grammar = path.join(folder, "said.jsgf");
  await writeFile(grammar, `#JSGF V1.0;\ngrammar said;\n${rules}\npublic <said> = ${sentences};\n`);
  let count = 0;
  return {
    async recognise(samples, sampleRateHz) {
      const audio = path.join(folder, `said-${count++}.raw`);
      const raised = raise(samples, sampleRateHz);
      await writeFile(audio, Buffer.from(raised.buffer));
      const { stdout } = await new Promise<{ stdout: string }>((resolve, reject) =>
        execFile(
          "pocketsphinx_continuous",
          [
            "-infile",
            audio,
            "-hmm",
            `${MODEL}/en-us`,
            "-dict",
            `${MODEL}/cmudict-en-us.dict`,
            "-jsgf",
            grammar,
            "-logfn",
            "/dev/null",
            "-remove_silence",
            "no",
            // The narrow search that it is set to loses sentences that a telephone has cut at 3.4 kHz.
            "-beam",
            "1e-120",
            "-wbeam",
            "1e-100",
            "-pbeam",
            "1e-120",
          ],
          { timeout: WITHIN_MS },
          (error, out) => (error ? reject(error) : resolve({ stdout: out })),
        ),
      );
      return stdout
        .trim()
        .split(/\s*\n\s*/)
        .filter(Boolean)
        .join(" ");
    },
  };
}

/** To the model's rate, with a little of a line's noise before and after: it must not be silent to the bit. */
function raise(samples: Int16Array, sampleRateHz: number): Int16Array {
  const length = Math.floor((samples.length * MODEL_RATE_HZ) / sampleRateHz);
  const raised = new Int16Array(length + 2 * LEAD_SAMPLES);
  for (let index = 0; index < raised.length; index++) raised[index] = ((index * 7_919) % 13) - 6;
  for (let index = 0; index < length; index++) {
    const at = (index * sampleRateHz) / MODEL_RATE_HZ;
    const before = samples[Math.floor(at)] ?? 0;
    const after = samples[Math.floor(at) + 1] ?? before;
    raised[LEAD_SAMPLES + index]! += Math.round(before + (after - before) * (at % 1));
  }
  return raised;
}

/** A speech-to-text service of the OpenAI protocol, with the recogniser behind it. */
export interface SpeechToTextServer {
  /** as OPENAI_BASE_URL */
  baseUrl: string;
  /** what it has heard so far */
  heard: string[];
  stop(): Promise<void>;
}

export async function startSpeechToText(recogniser: Recogniser): Promise<SpeechToTextServer> {
  const heard: string[] = [];
  const http = createServer((request, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      if (!request.url?.endsWith("/audio/transcriptions")) {
        response
          .writeHead(404, { "content-type": "application/json" })
          .end('{"error":{"message":"no such path"}}');
        return;
      }
      const type = request.headers["content-type"] ?? "";
      const form = await new Response(Buffer.concat(parts), { headers: { "content-type": type } }).formData();
      const file = form.get("file") as unknown as Blob;
      const { samples, sampleRateHz } = parseWav(Buffer.from(await file.arrayBuffer()));
      const text = await recogniser.recognise(samples, sampleRateHz);
      heard.push(text);
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ text }));
    })().catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(http.address() as AddressInfo).port}/v1`,
    heard,
    stop() {
      http.closeAllConnections();
      return new Promise((resolve) => http.close(() => resolve()));
    },
  };
}
