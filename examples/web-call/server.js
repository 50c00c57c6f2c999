// SWITCHHOOK_API_KEY=fl_… ASSISTANT_ID=… node server.js
// Two pages: / with <switchhook-call>, /plain.html with livekit-client alone.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { openCall } from "./backend.js";

const here = (path) => new URL(path, import.meta.url);
const FILES = {
  "/": [here("index.html"), "text/html"],
  "/plain.html": [here("plain.html"), "text/html"],
  "/plain.js": [here("plain.js"), "text/javascript"],
  "/livekit-client.js": [
    new URL("livekit-client.esm.mjs", import.meta.resolve("livekit-client")),
    "text/javascript",
  ],
};
// In this repository; in a project of yours it is node_modules/@switchhook/web/dist/.
const WEB = here("../../sdk/web/dist/");

async function answer(request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  // Who may call, and how often, is yours to decide here: each call costs you minutes.
  if (pathname === "/call" && request.method === "POST") {
    const { status, body } = await openCall();
    response.writeHead(status, { "Content-Type": "application/json" }).end(body);
    return;
  }
  const script = /^\/web\/([a-z-]+\.js)$/.exec(pathname)?.[1];
  const [file, type] = script ? [new URL(script, WEB), "text/javascript"] : (FILES[pathname] ?? []);
  const content = file && (await readFile(file).catch(() => undefined));
  if (!content) return response.writeHead(404).end();
  response.writeHead(200, { "Content-Type": `${type}; charset=utf-8` }).end(content);
}

const server = createServer((request, response) => void answer(request, response));
server.listen(Number(process.env.PORT ?? 3000), "127.0.0.1", () =>
  console.log(`open http://localhost:${server.address().port}/`),
);
