import { useInfiniteQuery, type InfiniteData } from "@tanstack/react-query";
import { useCallback } from "react";
import type { PagedRows } from "./paged-rows.ts";

/** A page of a list that is paged by cursors: it says where the next begins, and not how many there are. */
export interface CursorPage<Row> {
  rows: readonly Row[];
  /** null: that was the last */
  next: string | null;
}

export type CursorPages<Row> = InfiniteData<CursorPage<Row>, string | undefined>;

/** A long list, fetched further as one scrolls. Its `total` is with what stands for the next page, where there is one. */
export interface CursorRows<Row> extends PagedRows<Row> {
  /** those that are here */
  rows: readonly Row[];
  hasMore: boolean;
}

/** Rows before the end at which the next page is asked for. */
const AHEAD_ROWS = 40;
const PLACEHOLDER_ROWS = 8;

export function useCursorRows<Row>(
  queryKey: readonly unknown[],
  fetchPage: (page: { cursor: string | undefined; signal: AbortSignal }) => Promise<CursorPage<Row>>,
): CursorRows<Row> {
  const { data, error, hasNextPage, isFetching, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage({ cursor: pageParam, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  const count = rows.length;
  const onVisibleRows = useCallback(
    (_first: number, last: number) => {
      if (hasNextPage && !isFetching && last >= count - AHEAD_ROWS) void fetchNextPage();
    },
    [hasNextPage, isFetching, count, fetchNextPage],
  );
  return {
    rows,
    total: data && count + (hasNextPage ? PLACEHOLDER_ROWS : 0),
    hasMore: hasNextPage,
    rowAt: (index) => rows[index],
    onVisibleRows,
    error,
    refetch: () => void refetch(),
  };
}

/**
 * The same pages with rows that are newer than they: known ones are replaced where they stand, others come on top.
 *
 * @param fresh  the newest first
 */
export function withFreshRows<Row extends { id: string }>(
  pages: CursorPages<Row>,
  fresh: readonly Row[],
): CursorPages<Row> {
  const byId = new Map(fresh.map((row) => [row.id, row]));
  const known = pages.pages.map((page) => ({
    ...page,
    rows: page.rows.map((row) => {
      const newer = byId.get(row.id);
      byId.delete(row.id);
      return newer ?? row;
    }),
  }));
  const [first, ...rest] = known;
  if (!first) return pages;
  return { ...pages, pages: [{ ...first, rows: [...byId.values(), ...first.rows] }, ...rest] };
}
