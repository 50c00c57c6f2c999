/** What a receiver answered: JSON where it is some; else the text. */
export function bodyShown(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    // A receiver may answer with anything.
    return body;
  }
}
