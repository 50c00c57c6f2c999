import { expect } from "vitest";

/**
 * A call is in progress some time before its conversation stands; until then a command is refused, and a client sends
 * it again. So does this.
 */
export async function whenConversing<Answer extends { body: Record<string, unknown> }>(
  send: () => Promise<Answer>,
): Promise<Answer> {
  let answer: Answer | undefined;
  await expect
    .poll(async () => (answer = await send()).body["message"], { timeout: 10_000, interval: 250 })
    .not.toBe("The call is just being answered, or has just ended");
  return answer!;
}
