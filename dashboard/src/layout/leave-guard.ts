import { useEffect, useEffectEvent, useState } from "react";
import type { AroundNavHandler } from "wouter";

// A page with unsaved changes is asked before another one takes its place. The browser's own buttons do not ask: what the
// page keeps has to survive those.

type Guard = (to: string, go: () => void) => "go" | "wait";

let guard: Guard | undefined;

/** For the router, around every change of the page. */
export const askBeforeLeaving: AroundNavHandler = (navigate, to, options) => {
  const go = () => navigate(to, options);
  if (guard === undefined || guard(to, go) === "go") go();
};

export interface Leaving {
  go: () => void;
  stay: () => void;
}

/**
 * @param options.isActive  there is something to lose
 * @param options.isWithin  addresses that lose nothing
 * @returns what is to be asked, once somebody wants to leave
 */
export function useLeaveGuard(options: {
  isActive: boolean;
  isWithin: (path: string) => boolean;
}): Leaving | undefined {
  const [leaving, setLeaving] = useState<Leaving | undefined>();
  const { isActive } = options;
  const isWithin = useEffectEvent(options.isWithin);

  useEffect(() => {
    if (!isActive) return;
    const ask: Guard = (to, go) => {
      if (isWithin(to)) return "go";
      setLeaving({ go, stay: () => setLeaving(undefined) });
      return "wait";
    };
    guard = ask;
    // The browser asks in its own words, when the tab is closed or loaded anew.
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", onUnload);
    return () => {
      if (guard === ask) guard = undefined;
      window.removeEventListener("beforeunload", onUnload);
    };
  }, [isActive]);

  return leaving;
}
