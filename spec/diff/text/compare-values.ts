import { definedOnly } from '../../defined-only.ts';
import { otherScript, sameWords } from './cosmetic.ts';

type Values = Readonly<Record<string, string>>;

/** One kind of difference between the listed values of two texts, with all affected values. */
export type ValuesDifference = {
  readonly kind: 'values-gone' | 'values-new' | 'values-other' | 'values-swapped';
  readonly values: readonly string[];
  readonly before?: string;
  readonly after?: string;
};

/** Compares listed values; meanings in different languages are not compared. */
export function compareValues(old: Values, newer: Values, translated: boolean): readonly ValuesDifference[] {
  const gone = Object.keys(old).filter((value) => newer[value] === undefined);
  const came = Object.keys(newer).filter((value) => old[value] === undefined);
  const other = Object.keys(old).filter((value) => {
    const [was = '', is] = [old[value], newer[value]];
    return is !== undefined && !(translated && otherScript(was, is)) && !sameWords(was, is);
  });
  // Values that have swapped their meanings.
  const swapped = other.filter((value) =>
    other.some((partner) => partner !== value && isSwap(old, newer, value, partner)),
  );
  return [
    ...toDifferences('values-gone', gone, old, undefined),
    ...toDifferences('values-swapped', swapped, old, newer),
    ...toDifferences(
      'values-other',
      other.filter((value) => !swapped.includes(value)),
      old,
      newer,
    ),
    ...toDifferences('values-new', came, undefined, newer),
  ];
}

function isSwap(old: Values, newer: Values, one: string, other: string): boolean {
  return sameWords(old[one] ?? '', newer[other] ?? '') && sameWords(old[other] ?? '', newer[one] ?? '');
}

function toDifferences(
  kind: ValuesDifference['kind'],
  values: readonly string[],
  old: Values | undefined,
  newer: Values | undefined,
): readonly ValuesDifference[] {
  if (values.length === 0) return [];
  const list = (from: Values): string => values.map((value) => `${value}-${from[value] ?? ''}`).join(', ');
  return [definedOnly({ kind, values, before: old && list(old), after: newer && list(newer) })];
}
