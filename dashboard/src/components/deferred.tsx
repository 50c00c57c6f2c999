import { lazy, useState, type ComponentType, type ReactNode } from "react";

/** A component whose code is fetched when it is first shown, or before, by `load`. Shown inside of a `Suspense`. */
export interface Deferred<Props = object> {
  (props: Props): ReactNode;
  /** Never rejects: what cannot be fetched is said where it is shown. */
  load(): Promise<void>;
}

/**
 * As React's `lazy`, but what is here already is drawn at once. `lazy` alone shows the fallback even then, and React leaves a
 * fallback that it has shown standing for 300 ms.
 */
export function deferred<Props extends object>(
  fetchModule: () => Promise<{ default: ComponentType<Props> }>,
): Deferred<Props> {
  let fetched: ComponentType<Props> | undefined;
  const fetchOnce = async () => {
    const module = await fetchModule();
    fetched = module.default;
    return module;
  };
  const Later = lazy(fetchOnce);
  function Shown(props: Props) {
    // The one of the two that it began with: with the other, its state would begin anew.
    const [Chosen] = useState<ComponentType<Props>>(() => fetched ?? Later);
    return <Chosen {...props} />;
  }
  const ignore = () => undefined;
  return Object.assign(Shown, { load: () => fetchOnce().then(ignore, ignore) });
}
