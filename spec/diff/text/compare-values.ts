import { sameWords } from './cosmetic.ts';

type Values = Readonly<Record<string, string>>;

/** How the values that a text spells out differ: each kind once, with all values that it is true of. */
export type ValuesDifference = {
  readonly kind: 'values-gone' | 'values-new' | 'values-other' | 'values-swapped';
  readonly values: readonly string[];
  readonly before?: string;
  readonly after?: string;
};

/** Compares spelt-out values by value; between languages, the values alone. */
export function compareValues(old: Values, young: Values, translated: boolean): readonly ValuesDifference[] {
  const gone = Object.keys(old).filter((value) => young[value] === undefined);
  const came = Object.keys(young).filter((value) => old[value] === undefined);
  const other = Object.keys(old).filter((value) => {
    const meaning = young[value];
    return !translated && meaning !== undefined && !sameWords(old[value] ?? '', meaning);
  });
  // Values whose meanings stand under one another's number now.
  const swapped = other.filter((value) =>
    other.some((partner) => partner !== value && isSwap(old, young, value, partner)),
  );
  return [
    ...told('values-gone', gone, old, undefined),
    ...told('values-swapped', swapped, old, young),
    ...told(
      'values-other',
      other.filter((value) => !swapped.includes(value)),
      old,
      young,
    ),
    ...told('values-new', came, undefined, young),
  ];
}

function isSwap(old: Values, young: Values, one: string, other: string): boolean {
  return sameWords(old[one] ?? '', young[other] ?? '') && sameWords(old[other] ?? '', young[one] ?? '');
}

function told(
  kind: ValuesDifference['kind'],
  values: readonly string[],
  old: Values | undefined,
  young: Values | undefined,
): readonly ValuesDifference[] {
  if (values.length === 0) return [];
  const list = (from: Values): string => values.map((value) => `${value}-${from[value] ?? ''}`).join(', ');
  return [
    {
      kind,
      values,
      ...(old !== undefined && { before: list(old) }),
      ...(young !== undefined && { after: list(young) }),
    },
  ];
}
