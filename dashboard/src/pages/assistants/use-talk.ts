import { useEffect, useReducer, useRef } from "react";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { startTalk, type MicrophoneState, type Talk } from "./talk.ts";
import { linesOf, withPiece, withTyped, type Line } from "./talk-lines.ts";

export interface TalkState {
  phase: "idle" | "opening" | "connected" | "reconnecting" | "over";
  callId: string | undefined;
  lines: readonly Line[];
  microphone: MicrophoneState;
  error: Error | undefined;
}

const IDLE: TalkState = { phase: "idle", callId: undefined, lines: [], microphone: "off", error: undefined };

type Change = Partial<TalkState> | ((state: TalkState) => Partial<TalkState>);
const reduce = (state: TalkState, change: Change): TalkState => ({
  ...state,
  ...(typeof change === "function" ? change(state) : change),
});

/** One web call after another. Who leaves the page hangs up. */
export function useTalk(assistantId: string) {
  const [state, change] = useReducer(reduce, IDLE);
  const talk = useRef<Talk | undefined>(undefined);
  // Which call is the one that is shown: an earlier one may still tell of its end.
  const current = useRef(0);

  useEffect(
    () => () => {
      current.current += 1;
      void talk.current?.hangUp();
    },
    [],
  );

  async function start(wantsMicrophone: boolean, override: Record<string, unknown> | undefined) {
    const number = ++current.current;
    const isShown = () => number === current.current;
    const tell = (what: Change) => {
      if (isShown()) change(what);
    };
    change({ ...IDLE, phase: "opening" });
    try {
      const body = { assistant_id: assistantId, ...(override && { assistant_override: override }) };
      const opened = await need(api.POST("/api/v1/web-calls", { body }));
      tell({ callId: opened.call_id });
      const started = await startTalk(
        { serverUrl: opened.server_url, token: opened.token },
        wantsMicrophone,
        {
          onPiece: (piece) => tell(({ lines }) => ({ lines: withPiece(lines, piece) })),
          onMicrophone: (microphone) => tell({ microphone }),
          onConnection: (connection) => tell({ phase: connection === "ended" ? "over" : connection }),
        },
      );
      if (isShown()) talk.current = started;
      else await started.hangUp();
    } catch (error) {
      tell({ phase: "over", error: error as Error });
    }
  }

  return {
    state,
    start,
    /**
     * What was said, once the call is over: the last words of whoever hung up may have been lost with the connection.
     * In GDPR mode the server kept none, and what is shown here stays.
     */
    async complete(callId: string): Promise<void> {
      const call = await need(api.GET("/api/v1/calls/{id}", { params: { path: { id: callId } } }));
      const lines = linesOf(call.messages);
      change((shown) => (shown.callId === callId && lines.length > 0 ? { lines } : {}));
    },
    async send(text: string): Promise<void> {
      await talk.current?.send(text);
      change(({ lines }) => ({ lines: withTyped(lines, text) }));
    },
    setMuted: (isMuted: boolean) => talk.current?.setMuted(isMuted),
    openMicrophone: () => talk.current?.openMicrophone(),
    level: () => talk.current?.level() ?? 0,
    hangUp: () => talk.current?.hangUp(),
  };
}
