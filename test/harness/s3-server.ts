import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { readRange } from "../../src/recordings/byte-range.ts";

/**
 * One bucket by the S3 protocol over real HTTP: it checks SigV4 by the book (its own reading of AWS's "Signature Version
 * 4 signing process", not the client's library) and keeps objects in memory.
 */
export interface S3Server {
  readonly url: string;
  readonly config: {
    endpoint: string;
    bucket: string;
    region: string;
    accessKeyId: string;
    secretAccessKey: string;
    isPathStyle: boolean;
  };
  readonly objects: Map<string, Buffer>;
  /** `PUT key`, in the order in which they came, refused ones too */
  readonly requests: string[];
  /** what to do instead of answering */
  misbehave: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  close(): Promise<void>;
}

const BUCKET = "calls";
const REGION = "eu-central-1";
const ACCESS_KEY_ID = "AKIATEST";
const SECRET_ACCESS_KEY = "wJalrXUtnFEMI/K7MDENG";

export async function startS3Server(): Promise<S3Server> {
  const objects = new Map<string, Buffer>();
  const requests: string[] = [];

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const key = decodeURIComponent(new URL(request.url!, server.url).pathname).replace(`/${BUCKET}/`, "");
    requests.push(`${request.method} ${key}`);
    if (server.misbehave) return server.misbehave(request, response);
    const problem = problemOf(request, body);
    if (problem) {
      response.writeHead(403).end(`<Error><Code>${problem}</Code></Error>`);
      return undefined;
    }
    switch (request.method ?? "") {
      case "PUT":
        // S3 takes no body whose length it is not told.
        if (request.headers["content-length"] === undefined) response.writeHead(411).end();
        else {
          objects.set(key, body);
          response.writeHead(200).end();
        }
        return undefined;
      case "DELETE":
        objects.delete(key);
        response.writeHead(204).end();
        return undefined;
      default:
        return get(key, request, response);
    }
  }

  function get(key: string, request: IncomingMessage, response: ServerResponse): void {
    const object = objects.get(key);
    if (!object) {
      response.writeHead(404).end("<Error><Code>NoSuchKey</Code></Error>");
      return;
    }
    const range = readRange(request.headers.range, object.length);
    if (range.outcome !== "part") {
      response.writeHead(200, { "content-length": object.length }).end(object);
      return;
    }
    const { start, end } = range;
    response
      .writeHead(206, {
        "content-length": end - start + 1,
        "content-range": `bytes ${start}-${end}/${object.length}`,
      })
      .end(object.subarray(start, end + 1));
  }

  const http = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const server: S3Server = {
    url,
    config: {
      endpoint: url,
      bucket: BUCKET,
      region: REGION,
      accessKeyId: ACCESS_KEY_ID,
      secretAccessKey: SECRET_ACCESS_KEY,
      isPathStyle: true,
    },
    objects,
    requests,
    misbehave: undefined,
    close: () =>
      new Promise((resolve) => {
        http.closeAllConnections();
        http.close(() => resolve());
      }),
  };
  return server;
}

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string) => createHmac("sha256", key).update(data).digest();

function problemOf(request: IncomingMessage, body: Buffer): string | undefined {
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? "",
    );
  if (!match) return "MissingSecurityHeader";
  const [, accessKeyId, day, region, signedHeaders, signature] = match as unknown as string[];
  const stamp = String(request.headers["x-amz-date"]);
  if (accessKeyId !== ACCESS_KEY_ID) return "InvalidAccessKeyId";
  if (region !== REGION || !stamp.startsWith(day!)) return "AuthorizationHeaderMalformed";
  const names = signedHeaders!.split(";");
  if (!names.includes("host") || !names.includes("x-amz-date")) return "AccessDenied";
  const content = String(request.headers["x-amz-content-sha256"]);
  if (content !== sha256(body)) return "XAmzContentSHA256Mismatch";
  const [path, query = ""] = request.url!.split("?");
  const canonical = [
    request.method,
    path,
    query.split("&").toSorted().join("&"),
    ...names.map((name) => `${name}:${String(request.headers[name]).trim().replaceAll(/\s+/g, " ")}`),
    "",
    signedHeaders,
    content,
  ].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", stamp, `${day}/${region}/s3/aws4_request`, sha256(canonical)].join(
    "\n",
  );
  const key = [day!, region, "s3", "aws4_request"].reduce<string | Buffer>(hmac, `AWS4${SECRET_ACCESS_KEY}`);
  return hmac(key, toSign).toString("hex") === signature ? undefined : "SignatureDoesNotMatch";
}
