/** The number of words shown before the first different one. */
const lead = 4;
const widest = 100;

/** The different parts of two texts, with a few words before them; an empty text is left out. */
export function firstDifference(before: string, after: string): { readonly before?: string; readonly after?: string } {
  const [old, newer] = [before, after].map((text) => text.trim().split(/\s+/));
  if (old === undefined || newer === undefined) return {};
  let start = 0;
  while (start < old.length && start < newer.length && old[start] === newer[start]) start += 1;
  let end = 0;
  const shorter = Math.min(old.length, newer.length) - start;
  while (end < shorter && old.at(-1 - end) === newer.at(-1 - end)) end += 1;
  const cut = (all: readonly string[]): string => {
    const from = Math.max(0, start - lead);
    const upTo = Math.min(all.length, all.length - end + 1);
    const part = all.slice(from, upTo).join(' ');
    const shown = `${from > 0 ? '… ' : ''}${part}${upTo < all.length ? ' …' : ''}`;
    return shown.length > widest ? `${shown.slice(0, widest - 1)}…` : shown;
  };
  return { ...(before.trim() !== '' && { before: cut(old) }), ...(after.trim() !== '' && { after: cut(newer) }) };
}
