/** Runs a function for each item, in order and up to `concurrency` at once, until the signal is aborted. */
export async function eachAtOnce<Item>(
  items: readonly Item[],
  concurrency: number,
  signal: AbortSignal,
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined && !signal.aborted; next = queue.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: Math.max(1, concurrency) }, worker));
}
