import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { AwsV4Signer } from "aws4fetch";
import type { Clock } from "../clock.ts";
import type { S3Config } from "../recording-config.ts";

/** A bucket by the S3 protocol: three requests of it, signed with SigV4. */
export interface ObjectStore {
  /** @throws when it was not taken */
  put(key: string, file: string): Promise<void>;
  /** @param range  a Range header's value. @throws when the bucket does not answer, or refuses us */
  get(key: string, range: string | undefined): Promise<StoredObject | undefined>;
  /** What is not there is deleted. @throws when that is not certain */
  delete(key: string): Promise<void>;
}

export interface StoredObject {
  body: ReadableStream<Uint8Array>;
  sizeBytes: number;
  /** of a part */
  contentRange: string | undefined;
}

/** As slow as a line may be: 64 KB a second, and a minute for the rest. */
const SLOWEST_BYTES_PER_MS = 64;
const ANSWER_WITHIN_MS = 60_000;
const LONGEST_ERROR = 500;

/** @param fetch  reaches the endpoint and nothing else */
export function createObjectStore(options: {
  config: S3Config;
  fetch: typeof fetch;
  clock: Clock;
}): ObjectStore {
  const { config, clock } = options;

  async function send(
    method: "PUT" | "GET" | "DELETE",
    key: string,
    more: { upload?: { file: string; sizeBytes: number; sha256: string }; range?: string | undefined } = {},
  ): Promise<Response> {
    const { region, accessKeyId, secretAccessKey } = config;
    const { upload } = more;
    const signed = await new AwsV4Signer({
      method,
      url: urlOf(config, key),
      headers: {
        "x-amz-content-sha256": upload?.sha256 ?? EMPTY_SHA256,
        ...(upload && { "content-type": "audio/wav", "content-length": String(upload.sizeBytes) }),
        ...(more.range !== undefined && { range: more.range }),
      },
      service: "s3",
      region,
      accessKeyId,
      secretAccessKey,
      datetime: clock
        .now()
        .toISOString()
        .replaceAll(/[:-]|\.\d{3}/g, ""),
    }).sign();
    const abort = new AbortController();
    const limitMs = ANSWER_WITHIN_MS + (upload?.sizeBytes ?? 0) / SLOWEST_BYTES_PER_MS;
    const cancel = clock.after(limitMs, () =>
      abort.abort(new Error(`no answer within ${Math.round(limitMs)} ms`)),
    );
    const body = upload && createReadStream(upload.file);
    try {
      return await options.fetch(signed.url.toString(), {
        method,
        headers: Object.fromEntries(signed.headers),
        ...(body && { body: Readable.toWeb(body) as ReadableStream, duplex: "half" }),
        signal: abort.signal,
      });
    } finally {
      body?.destroy();
      cancel();
    }
  }

  return {
    async put(key, file) {
      const sha256 = await hashOf(file);
      const { size: sizeBytes } = await stat(file);
      const response = await send("PUT", key, { upload: { file, sizeBytes, sha256 } });
      if (!response.ok) throw await refusalOf(response);
      await response.arrayBuffer();
    },
    async get(key, range) {
      const response = await send("GET", key, { range });
      if (response.status === 404) {
        await response.arrayBuffer();
        return undefined;
      }
      if (!response.ok || !response.body) throw await refusalOf(response);
      return {
        body: response.body,
        sizeBytes: Number(response.headers.get("content-length")),
        contentRange: response.headers.get("content-range") ?? undefined,
      };
    },
    async delete(key) {
      const response = await send("DELETE", key);
      if (!response.ok && response.status !== 404) throw await refusalOf(response);
      await response.arrayBuffer();
    },
  };
}

const EMPTY_SHA256 = createHash("sha256").digest("hex");

/** Of the content, so that what is stored is what was recorded, also over plain HTTP. */
async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const bytes of createReadStream(file)) hash.update(bytes as Buffer);
  return hash.digest("hex");
}

function urlOf({ endpoint, bucket, isPathStyle }: S3Config, key: string): string {
  if (isPathStyle) return `${endpoint}/${bucket}/${key}`;
  return `${endpoint.replace(/^(https?:\/\/)/i, `$1${bucket}.`)}/${key}`;
}

/** Their words, for the operator: `<Code>AccessDenied</Code>…`. */
async function refusalOf(response: Response): Promise<Error> {
  const text = await response.text().catch(() => "");
  return new Error(`the bucket answered ${response.status}: ${text.slice(0, LONGEST_ERROR)}`);
}
