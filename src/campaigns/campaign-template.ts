/** `{{name}}`, with or without blanks inside (facts 7.3). */
const PLACEHOLDER = /\{\{\s*([A-Za-z_][A-Za-z0-9_.-]*)\s*\}\}/g;

/**
 * Fills a campaign's `system_message_template` with a lead's variables. Pure. A variable that the lead does not have
 * becomes nothing: a model would read the braces out.
 */
export function fillTemplate(template: string, variables: Readonly<Record<string, string>>): string {
  return template.replaceAll(PLACEHOLDER, (_whole, name: string) =>
    Object.hasOwn(variables, name) ? variables[name]! : "",
  );
}
