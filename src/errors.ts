/**
 * A refusal that the caller of the API may read: status, short text, optional long text and details.
 * Everything else that is thrown is a bug or broken infrastructure and reaches clients as one neutral 500.
 */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly longMessage: string | undefined;
  readonly details: readonly string[] | undefined;

  /**
   * @param status  HTTP status, 4xx
   * @param error   the short text of the flat error body, e.g. "Assistant not found" (facts 2.0, 12.3)
   */
  constructor(status: number, error: string, more: { message?: string; details?: readonly string[] } = {}) {
    super(error);
    this.status = status;
    this.longMessage = more.message;
    this.details = more.details;
  }
}

/** For logs: whatever was thrown, as an Error that keeps its cause. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
}
