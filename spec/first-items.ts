/** The first items of a list, and the number of further ones: `a, b, and 3 more`. */
export function firstItems(items: readonly string[], most: number, more = ', and'): string {
  const left = items.length - most;
  return `${items.slice(0, most).join(', ')}${left > 0 ? `${more} ${left} more` : ''}`;
}
