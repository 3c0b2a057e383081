import { readFileSync } from 'node:fs';

/** The pages of this folder, in the format of the export; each has different parts of it. */
export const pageNames = ['lamp-scene.md', 'lamp-history.zh.md', 'lamp-photo.us.md', 'lamp-group.zh.md'] as const;

/** The text of a page of this folder. */
export function page(name: (typeof pageNames)[number] | 'bind-lamp.md'): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}

/** A copy of a text with one piece replaced. @throws Error if the text does not have the piece. */
export function changed(text: string, piece: string | RegExp, other: string): string {
  const copy = text.replace(piece, other);
  if (copy === text) throw new Error(`the text does not have ${String(piece)}`);
  return copy;
}
