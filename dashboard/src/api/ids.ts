const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether it is a whole id, as the API gives them. */
export function isId(text: string): boolean {
  return UUID.test(text);
}
