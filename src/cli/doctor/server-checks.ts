import type { Clock } from "../../clock.ts";
import type { Config } from "../../config.ts";
import { reachedFromHere } from "../../telephony/nat/local-networks.ts";
import { sendRequest } from "../http-request.ts";
import { note, ok, problem, type Finding } from "./finding.ts";

const DEADLINE_MS = 3_000;

/** Whether the server of these settings is running here: asked over HTTP, where it says who it is. */
export async function isServerRunning(config: Config, clock: Clock): Promise<boolean> {
  const host = reachedFromHere(config.host);
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${config.port}`;
  return (await askHealth(url, clock)).outcome === "server";
}

/** PUBLIC_URL, asked from here: a router that does not lead its own inside back in refuses what outside works. */
export async function checkPublicUrl(config: Config, clock: Clock, isRunning: boolean): Promise<Finding> {
  const check = "public-url";
  if (config.publicUrl === undefined) {
    return note(
      check,
      "PUBLIC_URL is not set: links that others get name the address that the server listens on.",
      "Set PUBLIC_URL=https://… where the server is reached from elsewhere.",
    );
  }
  if (!isRunning) return note(check, `Whether ${config.publicUrl} leads here is seen while the server runs.`);
  const health = await askHealth(config.publicUrl, clock);
  if (health.outcome === "server") return ok(check, `${config.publicUrl} leads to a Switchhook server.`);
  return problem(
    check,
    `${config.publicUrl} does not lead to the running server: ${health.detail}.`,
    "See to DNS, certificate and the reverse proxy; it has to hand /api on as it is.",
  );
}

type Health = { outcome: "server" } | { outcome: "other"; detail: string };

async function askHealth(baseUrl: string, clock: Clock): Promise<Health> {
  const answer = await sendRequest(clock, {
    url: `${baseUrl}/api/v1/health`,
    method: "GET",
    headers: {},
    deadlineMs: DEADLINE_MS,
  });
  if (answer.outcome === "failed") return { outcome: "other", detail: answer.error };
  if (answer.outcome !== "answered")
    return { outcome: "other", detail: `no answer within ${DEADLINE_MS / 1_000} s` };
  try {
    const body = JSON.parse(answer.body.toString()) as { version?: unknown; checks?: unknown } | null;
    // 503 with this body is ours too, with its database away.
    if (typeof body?.version === "string" && typeof body.checks === "object") return { outcome: "server" };
  } catch {
    // Not JSON: told below.
  }
  return { outcome: "other", detail: `something else answers there (${answer.status})` };
}
