// Runs eSpeak NG (GPL-3.0-or-later, optional npm package `espeak-ng`) as a program in a process of its own.
// One line of JSON in: { id, voice, text }. One line of JSON out: { id, wav } (base64) or { id, error }.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const entry = createRequire(import.meta.url).resolve("espeak-ng");
const { default: createEspeak } = await import(pathToFileURL(entry).href);
// Compiled once; each utterance then runs in a fresh instance, as the command-line program would.
const program = await WebAssembly.compile(await readFile(entry.replace(/\.js$/, ".wasm")));

async function speak({ voice, text }) {
  const espeak = await createEspeak({
    arguments: ["-w", "speech.wav", "-v", voice, "--", text],
    print: () => undefined,
    printErr: () => undefined,
    instantiateWasm(imports, onInstance) {
      void WebAssembly.instantiate(program, imports).then((instance) => onInstance(instance, program));
      return {};
    },
  });
  return Buffer.from(espeak.FS.readFile("speech.wav")).toString("base64");
}

process.stdout.write("ready\n");
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  let answer;
  try {
    answer = { id: request.id, wav: await speak(request) };
  } catch (error) {
    answer = { id: request.id, error: String(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
