/** The server's refusals by the field that each names, as it wrote them: `llm_config.temperature: must be from 0 to 2`. */
export type Problems = ReadonlyMap<string, string>;

export const NO_PROBLEMS: Problems = new Map();

export function problemsOf(details: readonly string[]): Problems {
  return new Map(
    details.map((line) => {
      const [, path = "", message = line] = /^([\w.[\]-]+): (.*)$/s.exec(line) ?? [];
      return [path, message];
    }),
  );
}

/** What is said about a field, or about a part of it: a list is one field of a form, its entries are several of the server's. */
export function problemAt(problems: Problems, path: string): string | undefined {
  for (const [at, message] of problems) {
    if (at === path) return message;
    if (at.startsWith(`${path}.`) || at.startsWith(`${path}[`)) return `${at.slice(path.length)}: ${message}`;
  }
  return undefined;
}

/** Without what was said about a field that has been changed since. */
export function withoutProblem(problems: Problems, path: string): Problems {
  if (problemAt(problems, path) === undefined) return problems;
  return new Map(
    [...problems].filter(([at]) => at !== path && !at.startsWith(`${path}.`) && !at.startsWith(`${path}[`)),
  );
}
