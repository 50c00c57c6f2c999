import { Skeleton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { Link } from "wouter";
import { useFormats } from "../language/use-formats.ts";
import { useComponentWords } from "./component-words.ts";
import classes from "./data-table.module.css";

export interface Column<Row> {
  key: string;
  header: string;
  /** a track of a CSS grid: "minmax(0, 2fr)", "120px" */
  width: string;
  cell: (row: Row) => ReactNode;
  align?: "end";
  /** hidden on screens narrower than 48em (a phone) or 62em (a tablet) */
  hideBelow?: "sm" | "md";
}

export interface DataTableProps<Row> {
  /** what the list is of, for screen readers */
  label: string;
  /** the first is the row's link where there is `href` */
  columns: readonly Column<Row>[];
  /** undefined: not known yet */
  total: number | undefined;
  /** undefined: not fetched yet */
  rowAt: (index: number) => Row | undefined;
  rowKey: (row: Row) => string;
  href?: (row: Row) => string;
  /** which rows are on the screen, to fetch them */
  onVisibleRows?: (first: number, last: number) => void;
  /** in place of no rows: an EmptyState */
  empty: ReactNode;
  rowHeightPx?: number;
  /** beneath the rows, in place of how many there are */
  foot?: string;
}

const ROW_HEIGHT_PX = 48;
const LOADING_ROWS = 10;
const ROWS_A_PAGE = 10;
const TELL_EVERY_MS = 120;

/**
 * A list of any length: only the rows on the screen exist, and the page scrolls as a whole. Up, down, Page up, Page
 * down, Home and End move between rows; Enter opens one. Rows have one height, so nothing shifts when they arrive.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { total, rowAt, onVisibleRows } = props;
  const words = useComponentWords();
  const formats = useFormats();
  const columns = useVisibleColumns(props.columns);
  const body = useRef<HTMLDivElement>(null);
  const [bodyTop, setBodyTop] = useState(0);
  const [active, setActive] = useState(0);
  const wantsFocus = useRef(false);
  const count = total ?? LOADING_ROWS;
  const rowHeightPx = props.rowHeightPx ?? ROW_HEIGHT_PX;

  // What lies above (filters, notices) may grow and shrink, and the document with it.
  useLayoutEffect(() => {
    const measure = () =>
      setBodyTop((before) =>
        body.current ? Math.round(body.current.getBoundingClientRect().top + window.scrollY) : before,
      );
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);

  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => rowHeightPx,
    overscan: 8,
    scrollMargin: bodyTop,
  });
  const rows = virtualizer.getVirtualItems();
  const first = rows[0]?.index ?? 0;
  const last = rows.at(-1)?.index ?? 0;

  // Who drags the scroll bar over a hundred thousand rows passes a hundred pages a second: not all are asked for.
  const toldAt = useRef(-Infinity);
  useEffect(() => {
    if (total === undefined || !onVisibleRows) return;
    const waitMs = toldAt.current + TELL_EVERY_MS - performance.now();
    const timer = window.setTimeout(() => {
      toldAt.current = performance.now();
      onVisibleRows(first, last);
    }, waitMs);
    return () => window.clearTimeout(timer);
  }, [total, first, last, onVisibleRows]);

  // After a jump the row comes into being a render or two later.
  useEffect(() => {
    if (!wantsFocus.current) return;
    const row = body.current?.querySelector<HTMLElement>(`[data-index="${active}"] [data-row-focus]`);
    if (!row) return;
    wantsFocus.current = false;
    row.focus({ preventScroll: true });
  });

  if (total === 0) return props.empty;

  const onKeyDown = (event: KeyboardEvent) => {
    const target = keyTarget(event.key, active, count - 1);
    if (target === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    wantsFocus.current = true;
    setActive(target);
    virtualizer.scrollToIndex(target, { align: "auto" });
  };

  const template = { gridTemplateColumns: columns.map(({ width }) => width).join(" ") };
  return (
    <div
      role="table"
      aria-label={props.label}
      aria-rowcount={total === undefined ? -1 : total + 1}
      aria-busy={total === undefined}
      className={classes.table}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" aria-rowindex={1} className={classes.row} style={template}>
          {columns.map((column) => (
            <div role="columnheader" key={column.key} className={classes.cell} data-align={column.align}>
              {column.header}
            </div>
          ))}
        </div>
      </div>
      {total === undefined && <span className="visually-hidden">{words.loadingRows}</span>}
      <div
        role="rowgroup"
        ref={body}
        className={classes.body}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {rows.map(({ index, start }) => {
          const row = total === undefined ? undefined : rowAt(index);
          return (
            <div
              role="row"
              key={row === undefined ? `empty-${index}` : props.rowKey(row)}
              data-index={index}
              aria-rowindex={index + 2}
              className={classes.row}
              data-link={props.href !== undefined && row !== undefined}
              style={{
                ...template,
                height: rowHeightPx,
                transform: `translateY(${start - virtualizer.options.scrollMargin}px)`,
              }}
              onFocus={() => setActive(index)}
            >
              {columns.map((column, position) => (
                <div role="cell" key={column.key} className={classes.cell} data-align={column.align}>
                  {row === undefined ? (
                    <Skeleton height={12} width={position === 0 ? "70%" : "55%"} />
                  ) : position === 0 ? (
                    <FirstCell
                      href={props.href?.(row)}
                      isActive={index === active || (active < first && index === first)}
                    >
                      {column.cell(row)}
                    </FirstCell>
                  ) : (
                    column.cell(row)
                  )}
                </div>
              ))}
            </div>
          );
        })}
      </div>
      {total !== undefined && (
        <div className={classes.foot}>{props.foot ?? words.rows(formats.number(total))}</div>
      )}
    </div>
  );
}

/** Covers the whole row, so that a click anywhere follows the link, as a middle click and a new tab do. */
function FirstCell(props: { href: string | undefined; isActive: boolean; children: ReactNode }) {
  const tabIndex = props.isActive ? 0 : -1;
  if (props.href === undefined) {
    return (
      <span tabIndex={tabIndex} data-row-focus className={classes.plain}>
        {props.children}
      </span>
    );
  }
  return (
    <Link href={props.href} tabIndex={tabIndex} data-row-focus className={classes.link}>
      {props.children}
    </Link>
  );
}

function keyTarget(key: string, active: number, last: number): number | undefined {
  const moves: Record<string, number> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + ROWS_A_PAGE,
    PageUp: active - ROWS_A_PAGE,
    Home: 0,
    End: last,
  };
  const target = moves[key];
  return target === undefined ? undefined : Math.min(Math.max(target, 0), last);
}

function useVisibleColumns<Row>(columns: readonly Column<Row>[]): readonly Column<Row>[] {
  const isPhone = useMediaQuery("(max-width: 48em)", undefined, { getInitialValueInEffect: false });
  const isTablet = useMediaQuery("(max-width: 62em)", undefined, { getInitialValueInEffect: false });
  return columns.filter(
    ({ hideBelow }) => !(hideBelow === "sm" && isPhone) && !(hideBelow === "md" && isTablet),
  );
}
