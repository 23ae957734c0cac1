/** Requests at once: as many as a browser keeps open to one host. */
export const together = 6;

/** Does `work` for every item, some at once, in their order, until all are done or `isWanted` says no. `work` may not throw. */
export async function inTurns<Item>(
  items: Iterable<Item>,
  work: (item: Item) => Promise<unknown>,
  isWanted: () => boolean = () => true,
): Promise<void> {
  const rest = items[Symbol.iterator]();
  const worker = async () => {
    for (let next = rest.next(); isWanted() && next.done !== true; next = rest.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: together }, worker));
}
