/** Which methods a path takes, so that a wrong one is told 405 and what is allowed, instead of 404. Pure. */
export interface AllowedMethods {
  add(method: string, routePattern: string): void;
  /** @returns empty when there is no such path */
  of(path: string): string[];
}

export function createAllowedMethods(): AllowedMethods {
  const routes: { method: string; segments: string[] }[] = [];
  return {
    add(method, routePattern) {
      routes.push({ method, segments: segmentsOf(routePattern) });
    },
    of(path) {
      const wanted = segmentsOf(path);
      const methods = routes
        .filter(({ segments }) => segments.length === wanted.length && segments.every(fits))
        .map(({ method }) => method);
      return [...new Set(methods)].toSorted();

      function fits(segment: string, index: number): boolean {
        return segment.startsWith(":") ? wanted[index] !== "" : segment === wanted[index];
      }
    },
  };
}

/** The router ignores one slash at the end, and so does this. */
function segmentsOf(path: string): string[] {
  return path.replace(/\/$/, "").split("/");
}
