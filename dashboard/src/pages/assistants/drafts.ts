import { useSyncExternalStore } from "react";
import { changesBetween, valueAt, withValue, type Document } from "./document.ts";
import { NO_PROBLEMS, withoutProblem, type Problems } from "./problems.ts";

// What has been changed and not saved, by assistant. It outlives the page: one goes from the form to the playground and
// back, or by the browser's back button to the list, and loses nothing. Loading the page anew forgets it, after a warning.

export interface Draft {
  readonly saved: Document;
  readonly current: Document;
  readonly problems: Problems;
  /** saved by somebody else since the draft was begun */
  readonly newer: Document | undefined;
}

const drafts = new Map<string, Draft>();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function put(id: string, draft: Draft): void {
  drafts.set(id, draft);
  for (const listener of listeners) listener();
}

function change(id: string, part: Partial<Draft>): void {
  const draft = drafts.get(id);
  if (draft) put(id, { ...draft, ...part });
}

/** What the server has. A draft with changes stays, and says that there is something newer. */
export function takeSaved(id: string, saved: Document): void {
  const draft = drafts.get(id);
  if (draft?.saved["updated_at"] === saved["updated_at"]) return;
  if (draft && hasChanges(draft)) change(id, { newer: saved });
  else put(id, { saved, current: saved, problems: NO_PROBLEMS, newer: undefined });
}

/** The server's answer to a change: from now on that is what the draft is compared with. */
export function draftSaved(id: string, saved: Document): void {
  put(id, { saved, current: saved, problems: NO_PROBLEMS, newer: undefined });
}

export function discardDraft(id: string): void {
  const draft = drafts.get(id);
  if (draft) draftSaved(id, draft.newer ?? draft.saved);
}

/** Of an assistant that is no more. */
export function forgetDraft(id: string): void {
  drafts.delete(id);
  for (const listener of listeners) listener();
}

export function setAt(id: string, path: string, value: unknown): void {
  const draft = drafts.get(id);
  if (!draft) return;
  const current = withValue(draft.current, path, value);
  if (current !== draft.current)
    put(id, { ...draft, current, problems: withoutProblem(draft.problems, path) });
}

export function setDocument(id: string, current: Document): void {
  change(id, { current, problems: NO_PROBLEMS });
}

export function setProblems(id: string, problems: Problems): void {
  change(id, { problems });
}

function hasChanges(draft: Draft): boolean {
  return draft.current !== draft.saved && Object.keys(changesBetween(draft.saved, draft.current)).length > 0;
}

/** Whether something would be lost. */
export function isChanged(id: string): boolean {
  const draft = drafts.get(id);
  return draft !== undefined && hasChanges(draft);
}

export function draftOf(id: string): Draft | undefined {
  return drafts.get(id);
}

export function useDraft(id: string): Draft | undefined {
  return useSyncExternalStore(subscribe, () => drafts.get(id));
}

export function useIsChanged(id: string): boolean {
  return useSyncExternalStore(subscribe, () => isChanged(id));
}

/** One value of the draft: a field is drawn anew when that changes, and not at every key of another field. */
export function useDraftValue(id: string, path: string): unknown {
  return useSyncExternalStore(subscribe, () => valueAt(drafts.get(id)?.current, path));
}

export function useProblems(id: string): Problems {
  return useSyncExternalStore(subscribe, () => drafts.get(id)?.problems ?? NO_PROBLEMS);
}
