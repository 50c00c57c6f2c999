import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";

/** What the recording looks like, and where it lies on the call's axis. */
export interface Picture {
  fromMs: number;
  toMs: number;
  /** from 0 to 1, one a part */
  caller: readonly number[];
  assistant: readonly number[];
}

/** More would be finer than the screen. */
const PARTS = 600;

/** @returns undefined: not known yet, or none; the timeline then shows who spoke when, and no more */
export function usePicture(callId: string, hasRecording: boolean): Picture | undefined {
  const path = { id: callId };
  const { data } = useQuery({
    queryKey: ["call", callId, "picture"],
    queryFn: async ({ signal }): Promise<Picture | null> => {
      const [axis, picture] = await Promise.all([
        need(api.GET("/api/v1/calls/{id}/timeline", { params: { path }, signal })),
        need(
          api.GET("/api/v1/calls/{id}/recording/peaks", {
            params: { path, query: { buckets: PARTS } },
            signal,
          }),
        ),
      ]);
      const { recording } = axis.timeline;
      if (!recording) return null;
      const { caller, assistant } = picture.peaks;
      return {
        fromMs: recording.offset_ms,
        toMs: recording.offset_ms + recording.duration_ms,
        caller,
        assistant,
      };
    },
    enabled: hasRecording,
    // A recording that is kept does not change any more.
    staleTime: Infinity,
    retry: false,
  });
  return data ?? undefined;
}
