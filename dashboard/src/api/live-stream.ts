import { useEffect, useEffectEvent, useState } from "react";

export type StreamState = "connecting" | "live" | "lost";

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 15_000;
const HIDDEN_FOR_MS = 20_000;

/**
 * Listens to a stream of server-sent events as long as the component is there.
 *
 * EventSource reconnects by itself after a broken connection (with `Last-Event-ID`), but gives up for good after an
 * answer that is no stream, as a proxy gives while the server starts anew: then it is opened again here, later each time.
 * A tab that nobody looks at lets go of it after a while: browsers allow six connections to a server over all tabs, and
 * with six forgotten ones the seventh page would not load.
 *
 * @param url      undefined: not yet, or no more
 * @param options.events  the names of the events; others are not heard
 * @param options.onEvent  gets the parsed JSON
 * @param options.onLive  called each time the stream stands: what happened before it is to be fetched then
 */
export function useLiveStream(
  url: string | undefined,
  options: {
    events: readonly string[];
    onEvent: (name: string, data: unknown) => void;
    onLive?: () => void;
  },
): StreamState {
  const [state, setState] = useState<StreamState>("connecting");
  const onEvent = useEffectEvent(options.onEvent);
  const onLive = useEffectEvent(() => options.onLive?.());
  const names = options.events.join(" ");

  useEffect(() => {
    if (url === undefined) return;
    let source: EventSource | undefined;
    let timer: number | undefined;
    let hiddenTimer: number | undefined;
    let delayMs = FIRST_DELAY_MS;

    const open = () => {
      const opened = new EventSource(url);
      source = opened;
      opened.addEventListener("open", () => {
        delayMs = FIRST_DELAY_MS;
        setState("live");
        onLive();
      });
      opened.addEventListener("error", () => {
        setState("lost");
        if (opened.readyState !== EventSource.CLOSED) return;
        timer = window.setTimeout(open, delayMs);
        delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS);
      });
      for (const name of names.split(" ")) {
        opened.addEventListener(name, (event: MessageEvent<string>) => onEvent(name, JSON.parse(event.data)));
      }
    };
    const close = () => {
      window.clearTimeout(timer);
      source?.close();
      source = undefined;
    };
    const onVisibility = () => {
      if (document.hidden) {
        window.clearTimeout(hiddenTimer);
        hiddenTimer = window.setTimeout(close, HIDDEN_FOR_MS);
        return;
      }
      window.clearTimeout(hiddenTimer);
      if (source === undefined) open();
    };
    open();
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      window.clearTimeout(hiddenTimer);
      close();
    };
  }, [url, names]);

  return state;
}
