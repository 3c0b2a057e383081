import type { Direction } from '../model.ts';
import { type FactDifference, type Shift, side, type Told, text } from './told.ts';

/** A bound: a lower maximum and a higher minimum are tighter, and so is one where there was none. */
export function judgeLimit({ facet, direction, before, after }: FactDifference): readonly Told[] {
  const least = /^(?:min|exclusiveMin)/.test(facet);
  const shift = (): Shift => {
    if (before === undefined) return 'tighter';
    if (after === undefined) return 'looser';
    if (typeof before !== 'number' || typeof after !== 'number') return 'other';
    return after > before === least ? 'tighter' : 'looser';
  };
  const what =
    after === undefined ? `has no ${facet} any more` : `has ${before === undefined ? 'a' : 'another'} ${facet}`;
  return [{ rule: side(direction, shift()), what, ...sides(text(before), text(after)) }];
}

/** A pattern: tighter or looser is told where nothing but the numbers in braces differ. */
export function judgePattern(direction: Direction, before?: string, after?: string): readonly Told[] {
  const what =
    after === undefined ? 'has no pattern any more' : `has ${before === undefined ? 'a' : 'another'} pattern`;
  return [{ rule: side(direction, patternShift(before, after)), what, ...sides(before, after) }];
}

function patternShift(before: string | undefined, after: string | undefined): Shift {
  if (before === undefined) return 'tighter';
  if (after === undefined) return 'looser';
  const [old, young] = [quantifiers(before), quantifiers(after)];
  if (old.skeleton !== young.skeleton) return 'other';
  const pairs = old.bounds.map((bounds, index) => [bounds, young.bounds[index] ?? bounds] as const);
  if (pairs.every(([one, other]) => other.least <= one.least && other.most >= one.most)) return 'looser';
  return pairs.every(([one, other]) => other.least >= one.least && other.most <= one.most) ? 'tighter' : 'other';
}

type Bounds = { readonly least: number; readonly most: number };

/** The `{4,32}` of a pattern, and the pattern without their numbers. */
function quantifiers(pattern: string): { readonly skeleton: string; readonly bounds: readonly Bounds[] } {
  const bounds: Bounds[] = [];
  const skeleton = pattern.replace(/(?<!\\)\{(\d+)(,?)(\d*)\}/g, (_, least: string, comma: string, most: string) => {
    const open = comma === '' ? Number(least) : Number.POSITIVE_INFINITY;
    bounds.push({ least: Number(least), most: most === '' ? open : Number(most) });
    return '{}';
  });
  return { skeleton, bounds };
}

function sides(before: string | undefined, after: string | undefined): Pick<Told, 'before' | 'after'> {
  return { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}
