import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { ApiFailure, need } from "../../api/failure.ts";
import { useLiveStream } from "../../api/live-stream.ts";
import type { Activity } from "./call-timeline.ts";

const NONE: readonly Activity[] = [];

/**
 * A call, its trace, and what is said and done in it, as it happens.
 *
 * The stream tells a call from its beginning, also one that is long over; after `end` it is not opened again.
 */
export function useCall(id: string) {
  const queryClient = useQueryClient();
  const call = useQuery({
    queryKey: ["call", id],
    queryFn: ({ signal }) => need(api.GET("/api/v1/calls/{id}", { params: { path: { id } }, signal })),
  });
  const trace = useQuery({
    queryKey: ["call", id, "trace"],
    queryFn: async ({ signal }) => {
      try {
        return await need(api.GET("/api/v1/calls/{id}/trace", { params: { path: { id } }, signal }));
      } catch (error) {
        // Its process died, or it is older than traces are kept.
        if (error instanceof ApiFailure && error.code === "call_trace_not_found") return null;
        throw error;
      }
    },
  });

  // By id: another call's page begins with nothing.
  const [told, setTold] = useState({ id, activities: NONE, isOver: false });
  const current = told.id === id ? told : { id, activities: NONE, isOver: false };

  const onEvent = (name: string, data: unknown) => {
    if (name === "end") {
      setTold((before) => ({ ...(before.id === id ? before : { id, activities: NONE }), isOver: true }));
      void queryClient.invalidateQueries({ queryKey: ["call", id] });
      return;
    }
    const activity = data as Activity;
    setTold((before) => {
      const activities = before.id === id ? before.activities : NONE;
      // Told anew from the beginning after a reconnection.
      const last = activities.at(-1)?.sequence ?? -1;
      if (activity.sequence <= last) return before;
      return { id, activities: [...activities, activity], isOver: false };
    });
    if (CHANGES.has(activity.type)) void queryClient.invalidateQueries({ queryKey: ["call", id] });
  };
  const isThere = call.data !== undefined && !current.isOver;
  const stream = useLiveStream(isThere ? `/api/v1/calls/${id}/stream` : undefined, {
    events: ["activity", "end"],
    onEvent,
  });
  return { call, trace, activities: current.activities, stream: current.isOver ? ("over" as const) : stream };
}

/** After these the call or its trace says something else. */
const CHANGES: ReadonlySet<Activity["type"]> = new Set([
  "answered",
  "tool-result",
  "transfer",
  "ended",
  "reported",
]);
