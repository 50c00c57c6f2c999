/** Opens a call. The key stays here; the browser gets what lets it into this one call, and nothing else. */
export async function openCall() {
  const { SWITCHHOOK_URL = "http://127.0.0.1:4000", SWITCHHOOK_API_KEY, ASSISTANT_ID } = process.env;
  const answer = await fetch(`${SWITCHHOOK_URL}/v1/web-calls`, {
    method: "POST",
    headers: { Authorization: `Bearer ${SWITCHHOOK_API_KEY}`, "Content-Type": "application/json" },
    body: JSON.stringify({ assistant_id: ASSISTANT_ID }),
  });
  return { status: answer.status, body: await answer.text() };
}
