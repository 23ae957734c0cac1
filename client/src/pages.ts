/** Answers that come in pages: await one, or go through all. */
export interface Pages<P, E> extends PromiseLike<P>, AsyncIterable<E> {
  /** Page by page. */
  pages(): AsyncIterable<P>;
}

/** @param ask for the page behind a cursor, undefined for the first. Nothing is asked for before somebody wants it. */
export function inPages<P extends { cursor: string | null }, E>(
  ask: (cursor: string | undefined) => Promise<P>,
  entries: (page: P) => E[],
  first: string | undefined,
): Pages<P, E> {
  async function* pages() {
    for (let cursor = first; ; ) {
      const page = await ask(cursor);
      yield page;
      if (page.cursor === null) return;
      cursor = page.cursor;
    }
  }
  return {
    // biome-ignore lint/suspicious/noThenProperty: it is a promise, which asks only when it is awaited
    then: (done, failed) => ask(first).then(done, failed),
    pages,
    async *[Symbol.asyncIterator]() {
      for await (const page of pages()) yield* entries(page);
    },
  };
}
