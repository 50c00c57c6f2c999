const PAGE_SIZE = 100;

export interface Pagination {
  total: number;
  limit: number;
  offset: number;
}

export interface Page<T> {
  data: T[];
  pagination: Pagination;
  hasMore: boolean;
  nextOffset: number;
}

export function toPage<T>(data: T[], pagination: Pagination): Page<T> {
  const { total, limit, offset } = pagination;
  return { data, pagination, hasMore: offset + data.length < total, nextOffset: offset + limit };
}

/** Everything, a page at a time as it is asked for. */
export async function* everyItem<T>(
  fetchPage: (window: { limit: number; offset: number }) => Promise<Page<T>>,
): AsyncGenerator<T, void, undefined> {
  for (let offset = 0; ; offset += PAGE_SIZE) {
    const page = await fetchPage({ limit: PAGE_SIZE, offset });
    yield* page.data;
    // An empty page ends it too: calls that are deleted meanwhile would make it go on for ever.
    if (!page.hasMore || page.data.length === 0) return;
  }
}
