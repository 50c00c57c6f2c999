import { useEffect } from "react";
import { useLocation } from "wouter";

let hasChanged = false;

/** Whether the reader came here by loading the page: the focus is then the browser's to place. */
export function isFirstPage(): boolean {
  return !hasChanged;
}

/** A new page begins at its top; going back is left to the browser, which remembers where one was. */
export function usePageChange(): void {
  const [path] = useLocation();
  useEffect(() => {
    const first = path;
    return () => {
      if (location.pathname === first) return;
      hasChanged = true;
      if (!isGoingBack) window.scrollTo(0, 0);
      isGoingBack = false;
    };
  }, [path]);
}

let isGoingBack = false;
window.addEventListener("popstate", () => {
  isGoingBack = true;
});
