import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";

export const PAGE_ROWS = 100;

export interface RowPage<Row> {
  rows: readonly Row[];
  total: number;
}

/** A long list of which only the pages that are looked at are fetched. For PagedList. */
export interface PagedRows<Row> {
  /** undefined until the first page is there */
  total: number | undefined;
  /** undefined: not fetched yet */
  rowAt: (index: number) => Row | undefined;
  /** which rows are on the screen */
  onVisibleRows: (first: number, last: number) => void;
  error: Error | null;
  refetch: () => void;
}

/**
 * @param queryKey  names the list with its filters; pages are cached under it
 * @param fetchPage  gets `limit` rows from `offset`
 */
export function usePagedRows<Row>(
  queryKey: readonly unknown[],
  fetchPage: (page: { limit: number; offset: number; signal: AbortSignal }) => Promise<RowPage<Row>>,
): PagedRows<Row> {
  const [visible, setVisible] = useState({ first: 0, last: 0 });
  // The first page always: it has the total.
  const pages = useMemo(() => {
    const from = Math.floor(visible.first / PAGE_ROWS);
    const to = Math.floor(visible.last / PAGE_ROWS);
    return [...new Set([0, ...Array.from({ length: to - from + 1 }, (_, index) => from + index)])];
  }, [visible]);
  const results = useQueries({
    queries: pages.map((page) => ({
      queryKey: [...queryKey, "page", page],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        fetchPage({ limit: PAGE_ROWS, offset: page * PAGE_ROWS, signal }),
      placeholderData: page === 0 ? keepPreviousData : undefined,
    })),
  });
  const onVisibleRows = useCallback(
    (first: number, last: number) =>
      setVisible((before) => (before.first === first && before.last === last ? before : { first, last })),
    [],
  );
  const byPage = new Map(pages.map((page, index) => [page, results[index]?.data]));
  return {
    total: results[0]?.data?.total,
    rowAt: (index) => byPage.get(Math.floor(index / PAGE_ROWS))?.rows[index % PAGE_ROWS],
    onVisibleRows,
    error: results.find(({ error }) => error)?.error ?? null,
    refetch: () => {
      for (const result of results) void result.refetch();
    },
  };
}
