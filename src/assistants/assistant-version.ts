/** Who has changed something: as it is kept. */
export type Author =
  | { type: "api_key"; id: string }
  /** the address of that moment, because people go */
  | { type: "person"; id: string; email: string };
