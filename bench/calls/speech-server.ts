import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// Text to speech over OpenAI's protocol with audio that is ready: what a provider's voice costs the platform (HTTP and
// PCM at 24 kHz), without what it costs the provider. Four seconds of a steady tone, so that where it begins and ends is
// known to the frame.

const RATE_HZ = 24_000;
const SECONDS = 4;
const samples = Int16Array.from(
  { length: RATE_HZ * SECONDS },
  (_, at) => 8_000 * Math.sin((2 * Math.PI * 330 * at) / RATE_HZ),
);
const audio = Buffer.from(samples.buffer);

const http = createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    if (request.url?.endsWith("/audio/speech"))
      response.writeHead(200, { "content-type": "audio/pcm" }).end(audio);
    else response.writeHead(200, { "content-type": "application/json" }).end('{"object":"list","data":[]}');
  });
});
http.keepAliveTimeout = 60_000;
http.listen(0, "127.0.0.1", () => process.send!((http.address() as AddressInfo).port));
process.on("disconnect", () => process.exit(0));
