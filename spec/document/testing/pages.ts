import { readFileSync } from 'node:fs';

/** The pages of this folder, written in the export's format: each shows other parts of it. */
export const pageNames = ['lamp-scene.md', 'lamp-history.zh.md', 'lamp-photo.us.md', 'lamp-group.zh.md'] as const;

/** The text of a page of this folder. */
export function page(name: (typeof pageNames)[number]): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}

/** A copy of a text in which one piece is another; throws where the piece is not in it, so that no test changes nothing. */
export function changed(text: string, piece: string | RegExp, other: string): string {
  const copy = text.replace(piece, other);
  if (copy === text) throw new Error(`the text does not have ${String(piece)}`);
  return copy;
}
