/** A request that got no good answer. `status` 0: no answer at all. */
export class ApiFailure extends Error {
  override readonly name = "ApiFailure";
  readonly status: number;
  /** of docs/reference/errors.md; `unreachable` where the server did not answer */
  readonly code: string;
  /** one line a problem: field, what is wrong, what is allowed */
  readonly details: readonly string[];
  readonly requestId: string | undefined;
  /** of a rate limit */
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, body: unknown, cause?: unknown) {
    const given = (typeof body === "object" && body !== null ? body : {}) as Partial<Record<string, unknown>>;
    const { error, message, details, code, request_id: requestId, retry_after: retryAfter } = given;
    super(firstText(message, error) ?? `HTTP ${status}`, { cause });
    this.status = status;
    this.code = firstText(code) ?? (status === 0 ? "unreachable" : "unknown");
    this.details = Array.isArray(details) ? details.map(String) : [];
    this.requestId = firstText(requestId);
    this.retryAfterSeconds = typeof retryAfter === "number" ? retryAfter : undefined;
  }
}

function firstText(...values: unknown[]): string | undefined {
  return values.find((value) => typeof value === "string");
}

/**
 * The body of a good answer; anything else is thrown as an {@link ApiFailure}, as TanStack Query wants it.
 *
 * @example queryFn: ({ signal }) => need(api.GET("/api/v1/numbers", { signal }))
 */
export async function need<Body>(
  answer: Promise<{ data?: Body; error?: unknown; response: Response }>,
): Promise<Body> {
  const { data, error, response } = await answer.catch((cause: unknown) => {
    // The reader went on to another page: Query cancels, and is to see its own signal.
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new ApiFailure(0, {}, cause);
  });
  if (!response.ok) throw new ApiFailure(response.status, error);
  return data as Body;
}
