import { ERROR_KINDS, type ErrorCode } from "./error-codes.ts";

/**
 * A refusal that the caller of the API may read. Everything else that is thrown is a bug or broken infrastructure and
 * reaches clients as one neutral 500.
 */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: ErrorCode;
  readonly status: number;
  /** the flat body (facts 2.0, 12.3), `code` in addition */
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  /**
   * @param more.error    a short text other than the table's, where the contract has one with figures in it
   * @param more.details  one line a problem
   * @param more.fields   what else the contract puts into this body: `balance`, `retry_after`
   */
  constructor(
    code: ErrorCode,
    more: {
      error?: string;
      message?: string;
      details?: readonly string[];
      fields?: Record<string, unknown>;
      headers?: Record<string, string>;
    } = {},
  ) {
    const kind = ERROR_KINDS[code];
    const { error = kind.error, message, details, fields, headers = {} } = more;
    super(error);
    this.code = code;
    this.status = kind.status;
    this.body = {
      error,
      ...(message !== undefined && { message }),
      ...(details && { details }),
      code,
      ...fields,
    };
    this.headers = headers;
  }
}

/** For logs: whatever was thrown, as an Error that keeps its cause. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
}
