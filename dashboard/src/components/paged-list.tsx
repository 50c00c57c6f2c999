import type { PagedRows } from "../api/paged-rows.ts";
import { DataTable, type DataTableProps } from "./data-table.tsx";
import { ErrorNotice } from "./error-notice.tsx";

interface PagedListProps<Row> extends Omit<DataTableProps<Row>, "total" | "rowAt" | "onVisibleRows"> {
  /** of `usePagedRows` or `useCursorRows` */
  rows: PagedRows<Row>;
}

/** A long list, of which what is looked at is fetched; with its error in its place. */
export function PagedList<Row>({ rows, ...table }: PagedListProps<Row>) {
  const { total, rowAt, onVisibleRows, error, refetch } = rows;
  if (error && total === undefined) return <ErrorNotice error={error} onRetry={refetch} />;
  return <DataTable {...table} total={total} rowAt={rowAt} onVisibleRows={onVisibleRows} />;
}
