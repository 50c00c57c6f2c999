import type { FastifyRequest } from "fastify";
import type { Database } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import type { Person, SessionCheck } from "../http/auth.ts";
import { isOwnPage } from "./own-page.ts";
import { accessTo, mayUse, whoMay, type Access } from "./permissions.ts";
import { isCsrfToken, isOver, isToBeNoted, sessionCookie } from "./session.ts";
import { findSession, noteSessionUse, type Session } from "./session-store.ts";

export interface SessionChecks {
  check(request: FastifyRequest): Promise<SessionCheck>;
  /** the rules of permissions.ts, over whoever asks */
  refuse(request: FastifyRequest, person: Person | undefined): ApiError | undefined;
  /** @returns undefined: the request brings none */
  tokenOf(request: FastifyRequest): string | undefined;
}

export function createSessionChecks(options: {
  db: Database;
  now: () => Date;
  publicUrl: string | undefined;
}): SessionChecks {
  const { db, now, publicUrl } = options;
  const cookie = sessionCookie(publicUrl);
  const tokenOf = (request: FastifyRequest) => request.cookies[cookie.name] || undefined;

  async function check(request: FastifyRequest): Promise<SessionCheck> {
    const token = tokenOf(request);
    if (token === undefined) return { outcome: "none" };
    const session = await findSession(db, token);
    if (!session || isOver(session, now())) return refused("session_over");
    const problem = isReading(request.method) ? undefined : forgeryOf(request, token, publicUrl);
    if (problem) return refused("csrf_refused", problem);
    const asked = request.headers["x-switchhook-organization"];
    const membership = chooseMembership(session, asked as string | undefined);
    if (!membership && asked !== undefined) return refused("not_a_member");
    if (isToBeNoted(session, now())) await noteSessionUse(db, session.id, now());
    const { userId, email, id: sessionId } = session;
    return {
      outcome: "known",
      person: { userId, email, sessionId, role: membership?.role },
      organizationId: membership?.organizationId ?? "",
    };
  }

  return {
    check,
    refuse(request, person) {
      const access = accessOf(request);
      if (!person) return access === "person" ? new ApiError("session_required") : undefined;
      if (mayUse(person.role, access)) return undefined;
      if (access === "person" || person.role === undefined) return new ApiError("not_a_member");
      return new ApiError("role_not_allowed", {
        message: `You are ${person.role} here; this is for ${whoMay(access)}`,
        fields: { role: person.role },
      });
    },
    tokenOf,
  };
}

function refused(code: "session_over" | "csrf_refused" | "not_a_member", message?: string): SessionCheck {
  return { outcome: "refused", error: new ApiError(code, message === undefined ? {} : { message }) };
}

function isReading(method: string): boolean {
  return method === "GET" || method === "HEAD" || method === "OPTIONS";
}

/** Why a request that changes something is not to be believed to be the person's own; undefined: it is. */
function forgeryOf(
  request: FastifyRequest,
  token: string,
  publicUrl: string | undefined,
): string | undefined {
  if (!isOwnPage(request.headers, { host: request.host, publicUrl }))
    return "The request comes from another site";
  const given = request.headers["x-csrf-token"];
  if (typeof given !== "string") return "X-CSRF-Token is required: the csrf_token of GET /session";
  return isCsrfToken(given, token) ? undefined : "X-CSRF-Token is not the one of this session";
}

/** The one that the request names; else the one looked at last; else the first. A wrong name is no other's. */
function chooseMembership({ memberships, organizationId: current }: Session, asked: string | undefined) {
  const named = memberships.find(({ organizationId }) => organizationId === (asked ?? current));
  return asked === undefined ? (named ?? memberships[0]) : named;
}

function accessOf(request: FastifyRequest): Access {
  return accessTo(request.method, pathOfRequest(request));
}

/** The path of the route that was chosen, as OpenAPI writes it, under `/api/v1` or at the root. */
export function pathOfRequest(request: FastifyRequest): string {
  return pathOfRoute(request.routeOptions.url ?? "");
}

/** `/api/v1/assistants/:id`: `/assistants/{id}` */
export function pathOfRoute(route: string): string {
  return route.replace(/^\/api\/v1/, "").replaceAll(/:(\w+)/g, "{$1}");
}
