import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { DataTable, type Column } from "./data-table.tsx";
import { ErrorNotice } from "./error-notice.tsx";

interface ResourceListProps<Row> {
  label: string;
  /** gives all of them: for what an organization has some dozens of. Longer ones: PagedList */
  query: {
    queryKey: readonly unknown[];
    queryFn: (context: { signal: AbortSignal }) => Promise<readonly Row[]>;
  };
  /** where what is shown changes by itself and no stream tells of it */
  refetchEveryMs?: number;
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string;
  href?: (row: Row) => string;
  empty: ReactNode;
}

/** A short list, fetched as a whole, with its error in its place. */
export function ResourceList<Row>(props: ResourceListProps<Row>) {
  const { data, error, refetch } = useQuery({
    ...props.query,
    refetchInterval: props.refetchEveryMs ?? false,
  });
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  return (
    <DataTable
      label={props.label}
      columns={props.columns}
      total={data?.length}
      rowAt={(index) => data?.[index]}
      rowKey={props.rowKey}
      {...(props.href && { href: props.href })}
      empty={props.empty}
    />
  );
}
