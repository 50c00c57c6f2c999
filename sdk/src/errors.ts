/** The flat body of a refusal. */
export interface ErrorBody {
  error?: string;
  message?: string;
  details?: string[];
  code?: string;
  [field: string]: unknown;
}

/** Everything that the client throws. */
export class SwitchhookError extends Error {
  override readonly name: string = "SwitchhookError";
}

/** No answer came: nobody listens, the connection broke, or the time was up. */
export class ConnectionError extends SwitchhookError {
  override readonly name = "ConnectionError";
}

/** The server refused, or failed. */
export class ApiRequestError extends SwitchhookError {
  override readonly name: string = "ApiRequestError";
  readonly status: number;
  /** for programs: see docs/reference/errors.md of the server */
  readonly code: string | undefined;
  /** one line a problem */
  readonly details: string[] | undefined;
  readonly body: ErrorBody | undefined;

  constructor(status: number, body: ErrorBody | undefined, statusText: string) {
    super(messageOf(status, body, statusText));
    this.status = status;
    this.code = body?.code;
    this.details = Array.isArray(body?.details) ? body.details : undefined;
    this.body = body;
  }
}

/** 401: the API key is missing, wrong, expired or revoked. */
export class AuthenticationError extends ApiRequestError {
  override readonly name = "AuthenticationError";
}

/** 402: no minutes are left. */
export class InsufficientCreditsError extends ApiRequestError {
  override readonly name = "InsufficientCreditsError";
}

/** 404: there is none with this id. */
export class NotFoundError extends ApiRequestError {
  override readonly name = "NotFoundError";
}

/** 429, after the tries that the client makes by itself. */
export class RateLimitError extends ApiRequestError {
  override readonly name = "RateLimitError";

  /** seconds; undefined when the server did not say */
  get retryAfter(): number | undefined {
    const seconds = this.body?.["retry_after"];
    return typeof seconds === "number" ? seconds : undefined;
  }
}

export function errorOf(status: number, body: ErrorBody | undefined, statusText: string): ApiRequestError {
  switch (status) {
    case 401:
      return new AuthenticationError(status, body, statusText);
    case 402:
      return new InsufficientCreditsError(status, body, statusText);
    case 404:
      return new NotFoundError(status, body, statusText);
    case 429:
      return new RateLimitError(status, body, statusText);
    default:
      return new ApiRequestError(status, body, statusText);
  }
}

function messageOf(status: number, body: ErrorBody | undefined, statusText: string): string {
  const { error, message } = body ?? {};
  if (error && message && error !== message) return `${error}: ${message}`;
  return error ?? message ?? (statusText || `Request failed with status ${status}`);
}
