import { lowerCase } from './judge/finder.ts';
import type { Mask } from './mask.ts';

/** A shorter piece may be an ordinary word. */
const shortestPiece = 8;

/**
 * A mask for pieces of secrets. A request may hold a part of a secret by mistake, for example as an IV, and an explanation of the
 * request may repeat it.
 */
export function createPieceMask(secrets: readonly (readonly [name: string, value: string])[]): Mask {
  const names = new Map<string, string>();
  for (const [name, value] of secrets) {
    const lower = lowerCase(value);
    for (let at = 0; at + shortestPiece <= lower.length; at += 1) names.set(lower.slice(at, at + shortestPiece), name);
  }
  return (text) => {
    const lower = lowerCase(text);
    const nameAt = (at: number): string | undefined => names.get(lower.slice(at, at + shortestPiece));
    let masked = '';
    let from = 0;
    for (let at = 0; at + shortestPiece <= lower.length; at += 1) {
      const name = nameAt(at);
      if (name === undefined) continue;
      masked += `${text.slice(from, at)}«part of ${name}»`;
      while (nameAt(at + 1) !== undefined) at += 1;
      from = at + shortestPiece;
      at = from - 1;
    }
    return masked + text.slice(from);
  };
}
