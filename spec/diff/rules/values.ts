import type { FactValue } from '../model.ts';
import { bothTexts, type FactDifference, type Shift, shiftOf, side, type Told, text } from './told.ts';

/** Every integer is a number. */
export function judgeType(difference: FactDifference): readonly Told[] {
  const types = (value: FactValue | undefined): ReadonlySet<string> =>
    new Set(
      [text(value) ?? 'any']
        .flatMap((list) => list.split(', '))
        .flatMap((type) => (type === 'number' ? [type, 'integer'] : [type])),
    );
  const [before, after] = [types(difference.before), types(difference.after)];
  const shift = shiftOf(
    before.has('any') ? new Set([...before, ...after]) : before,
    after.has('any') ? new Set([...before, ...after]) : after,
  );
  return shift === undefined
    ? []
    : [{ rule: side(difference.direction, shift), what: 'has another type', ...bothTexts(difference) }];
}

/** Formats of which the left one fits into the right one. */
const wider = [
  ['int32', 'int64'],
  ['float', 'double'],
] as const;

export function judgeFormat(difference: FactDifference): readonly Told[] {
  const { before, after, direction } = difference;
  const shift = (): Shift => {
    if (before === undefined) return 'tighter';
    if (after === undefined) return 'looser';
    if (wider.some(([small, large]) => before === small && after === large)) return 'looser';
    return wider.some(([small, large]) => before === large && after === small) ? 'tighter' : 'other';
  };
  return [{ rule: side(direction, shift()), what: 'has another format', ...bothTexts(difference) }];
}

export function judgeValues(difference: FactDifference): readonly Told[] {
  const { before, after, direction } = difference;
  const [old, young] = [before, after].map((values) => (Array.isArray(values) ? new Set<string>(values) : undefined));
  if (old === undefined)
    return [{ rule: side(direction, 'tighter'), what: 'takes listed values alone', ...bothTexts(difference) }];
  if (young === undefined)
    return [{ rule: side(direction, 'looser'), what: 'takes any value', ...bothTexts(difference) }];
  const shift = shiftOf(old, young);
  if (shift === undefined) return [];
  const gone = [...old].filter((value) => !young.has(value));
  const came = [...young].filter((value) => !old.has(value));
  const what = [
    ...(gone.length > 0 ? [`no longer takes ${gone.join(', ')}`] : []),
    ...(came.length > 0 ? [`takes ${came.join(', ')} too`] : []),
  ];
  const rule = shift === 'looser' && direction === 'response' ? 'response-value-added' : side(direction, shift);
  return [{ rule, what: what.join(' and '), ...bothTexts(difference) }];
}

/** How firmly a field must be there: in every form of the body, in some, in none. */
const firmness: readonly (FactValue | undefined)[] = ['optional', 'in some forms', 'required'];

export function judgeRequired(difference: FactDifference): readonly Told[] {
  const { before, after, direction } = difference;
  const firmer = firmness.indexOf(after) > firmness.indexOf(before);
  const way = direction === 'response' ? 'response' : 'request';
  return [
    firmer
      ? { rule: `${way}-field-required`, what: 'is required now', ...bothTexts(difference) }
      : { rule: `${way}-field-optional`, what: 'is optional now', ...bothTexts(difference) },
  ];
}

export function judgeDefault(difference: FactDifference): readonly Told[] {
  const what = 'has another default';
  if (difference.direction === 'response')
    return [{ rule: 'response-default-changed', what, ...bothTexts(difference) }];
  const rule = difference.before === undefined ? 'request-default-added' : 'request-default-changed';
  return [{ rule, what: difference.before === undefined ? 'has a default now' : what, ...bothTexts(difference) }];
}
