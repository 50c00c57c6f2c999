/** Whatever this library throws of its own accord. */
export class SwitchhookError extends Error {
  override name = "SwitchhookError";
}

/** There is no answer: the connection failed, or what came is not JSON. `cause` says more. */
export class ConnectionError extends SwitchhookError {
  override name = "ConnectionError";
}

/** There is no answer within `timeoutMs`. */
export class TimeoutError extends ConnectionError {
  override name = "TimeoutError";
}

/** The server refused. `code` is what to branch on; the list is in docs/reference/errors.md. */
export class ApiRequestError extends SwitchhookError {
  override name = "ApiRequestError";
  readonly status: number;
  /** undefined: the answer is not one of Switchhook's, perhaps a proxy's */
  readonly code: string | undefined;
  /** a line for each problem, where the server gave them */
  readonly details: string[] | undefined;
  /** the answer as it came; some refusals say more in it, as `balance` */
  readonly body: unknown;

  constructor(status: number, body: unknown, message: string) {
    super(message);
    this.status = status;
    this.body = body;
    const { code, details } = fieldsOf(body);
    this.code = typeof code === "string" ? code : undefined;
    this.details = Array.isArray(details) ? details.map(String) : undefined;
  }
}

export class AuthenticationError extends ApiRequestError {
  override name = "AuthenticationError";
}

export class InsufficientCreditsError extends ApiRequestError {
  override name = "InsufficientCreditsError";
}

export class NotFoundError extends ApiRequestError {
  override name = "NotFoundError";
}

export class RateLimitError extends ApiRequestError {
  override name = "RateLimitError";
  /** seconds until the server wants to hear of us again */
  readonly retryAfter: number | undefined;

  constructor(status: number, body: unknown, message: string, retryAfter: number | undefined) {
    super(status, body, message);
    this.retryAfter = retryAfter;
  }
}

/** @param retryAfter  seconds, if the answer named them */
export function toApiError(
  response: { status: number; statusText: string },
  body: unknown,
  retryAfter: number | undefined,
): ApiRequestError {
  const { status } = response;
  const message = messageOf(body) ?? (response.statusText || `Request failed with status ${status}`);
  switch (status) {
    case 401:
      return new AuthenticationError(status, body, message);
    case 402:
      return new InsufficientCreditsError(status, body, message);
    case 404:
      return new NotFoundError(status, body, message);
    case 429:
      return new RateLimitError(status, body, message, retryAfter);
    default:
      return new ApiRequestError(status, body, message);
  }
}

function messageOf(body: unknown): string | undefined {
  const { error, message } = fieldsOf(body);
  const parts = [error, message].filter((part) => typeof part === "string" && part !== "");
  return parts.length > 0 ? [...new Set(parts)].join(": ") : undefined;
}

function fieldsOf(body: unknown): Record<string, unknown> {
  return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
}
