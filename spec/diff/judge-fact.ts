import { definedOnly } from '../defined-only.ts';
import type { RuleId, Statement } from './change.ts';
import type { Direction, Facet, FactValue } from './model.ts';
import { compareTexts, type TextDifference } from './text/description.ts';
import { firstDifference } from './text/first-difference.ts';

/** One fact that differs; undefined on a side without it. */
export type FactDifference = {
  readonly facet: Facet;
  readonly direction: Direction;
  readonly before: FactValue | undefined;
  readonly after: FactValue | undefined;
};

type Judge = (difference: FactDifference) => readonly Statement[];

/** `tighter`: fewer values are right than before. `looser`: more. `other`: neither, or unknown. */
type Shift = 'tighter' | 'looser' | 'other';

/** The judge of each facet. Facets with a slash use the judge of the part before the slash. */
const judges: Readonly<Record<string, Judge>> = {
  path: changed('path-changed', 'has another path'),
  method: changed('method-changed', 'has another method'),
  scheme: changed('security-changed', 'has another scheme'),
  type: judgeType,
  nullable: onOrOff(['looser', 'may now be null'], ['tighter', 'may no longer be null']),
  format: judgeFormat,
  values: judgeValues,
  required: judgeRequired,
  default: judgeDefault,
  pattern: judgePattern,
  closed: onOrOff(['tighter', 'no longer allows other fields'], ['looser', 'now allows other fields']),
  choice: changed('body-choice-changed', 'combines its alternatives differently'),
  description: judgeText,
  deprecated: changed('deprecated-changed', 'has another deprecation mark'),
  other: (difference) => changed('keyword-changed', `has another ${keyword(difference)}`)(difference),
  note: (difference) => changed('remark-changed', `has another ${keyword(difference)}`)(difference),
};

/** The statements for one differing fact; empty if only its appearance differs. */
export function judgeFact(difference: FactDifference): readonly Statement[] {
  const judge = judges[difference.facet.replace(/\/.*$/s, '')] ?? judgeLimit;
  return judge(difference);
}

/** A value as text for the reader; undefined if there is no value. */
export function text(value: FactValue | undefined): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Before and after, without undefined ones. */
export function sides(before: string | undefined, after: string | undefined): Pick<Statement, 'before' | 'after'> {
  return definedOnly({ before, after });
}

function changed(rule: RuleId, what: string): Judge {
  return ({ before, after }) => [{ rule, what, ...sides(text(before), text(after)) }];
}

/** A judge for a fact that is either there or not. */
function onOrOff(on: readonly [Shift, string], off: readonly [Shift, string]): Judge {
  return ({ direction, after }) => {
    const [shift, what] = after === true ? on : off;
    return [{ rule: `${bodySide(direction)}-${shift}`, what }];
  };
}

function shifted(shift: Shift, what: string, difference: FactDifference): readonly Statement[] {
  return changed(`${bodySide(difference.direction)}-${shift}`, what)(difference);
}

function bodySide(direction: Direction): 'request' | 'response' {
  return direction === 'response' ? 'response' : 'request';
}

function keyword({ facet }: FactDifference): string {
  return facet.slice(facet.indexOf('/') + 1);
}

/** The shift of a limit: a new limit is tighter, a removed one is looser. */
function shiftOfLimit({ before, after }: FactDifference, shift: () => Shift): Shift {
  if (before === undefined) return 'tighter';
  return after === undefined ? 'looser' : shift();
}

function limitText(name: string, { before, after }: FactDifference): string {
  return after === undefined ? `no longer has ${name}` : `${before === undefined ? 'now has' : 'has another'} ${name}`;
}

/** A lower maximum and a higher minimum are tighter. */
function judgeLimit(difference: FactDifference): readonly Statement[] {
  const { facet, before, after } = difference;
  const least = /^(?:min|exclusiveMin)/.test(facet);
  const shift = shiftOfLimit(difference, () => {
    if (typeof before !== 'number' || typeof after !== 'number') return 'other';
    return after > before === least ? 'tighter' : 'looser';
  });
  return shifted(shift, limitText(facet, difference), difference);
}

/** The shift is tighter or looser only if the patterns differ only in the numbers in braces. */
function judgePattern(difference: FactDifference): readonly Statement[] {
  const shift = shiftOfLimit(difference, () => {
    const [old, newer] = [quantifiers(String(difference.before)), quantifiers(String(difference.after))];
    if (old.skeleton !== newer.skeleton) return 'other';
    const pairs = old.bounds.map((bounds, index) => [bounds, newer.bounds[index] ?? bounds] as const);
    if (pairs.every(([one, other]) => other.least <= one.least && other.most >= one.most)) return 'looser';
    return pairs.every(([one, other]) => other.least >= one.least && other.most <= one.most) ? 'tighter' : 'other';
  });
  return shifted(shift, limitText('pattern', difference), difference);
}

/** The quantifiers of a pattern, such as `{4,32}`, and the pattern without their numbers. */
function quantifiers(pattern: string): {
  readonly skeleton: string;
  readonly bounds: { least: number; most: number }[];
} {
  const bounds: { least: number; most: number }[] = [];
  const skeleton = pattern.replace(/(?<!\\)\{(\d+)(,?)(\d*)\}/g, (_, least: string, comma: string, most: string) => {
    const open = comma === '' ? Number(least) : Number.POSITIVE_INFINITY;
    bounds.push({ least: Number(least), most: most === '' ? open : Number(most) });
    return '{}';
  });
  return { skeleton, bounds };
}

/** The shift from one set of right values to another; undefined if they are equal. */
function shiftOfSets(before: ReadonlySet<string>, after: ReadonlySet<string>): Shift | undefined {
  const less = !before.isSubsetOf(after);
  const more = !after.isSubsetOf(before);
  if (less && more) return 'other';
  if (less) return 'tighter';
  return more ? 'looser' : undefined;
}

/** Every integer is a number. */
function judgeType(difference: FactDifference): readonly Statement[] {
  const [before, after] = [difference.before, difference.after].map((value) => {
    const types = (text(value) ?? 'any').split(', ');
    return new Set(types.includes('number') ? [...types, 'integer'] : types);
  });
  if (before === undefined || after === undefined) return [];
  const all = before.union(after);
  const shift = shiftOfSets(before.has('any') ? all : before, after.has('any') ? all : after);
  return shift === undefined ? [] : shifted(shift, 'has another type', difference);
}

/** Pairs of formats; values of the left one are valid for the right one. */
const wider = ['int32 int64', 'float double'];

function judgeFormat(difference: FactDifference): readonly Statement[] {
  const { before, after } = difference;
  const shift = shiftOfLimit(difference, () => {
    if (wider.includes(`${String(before)} ${String(after)}`)) return 'looser';
    return wider.includes(`${String(after)} ${String(before)}`) ? 'tighter' : 'other';
  });
  return shifted(shift, 'has another format', difference);
}

function judgeValues(difference: FactDifference): readonly Statement[] {
  const { before, after, direction } = difference;
  if (!Array.isArray(before)) return shifted('tighter', 'now allows only listed values', difference);
  if (!Array.isArray(after)) return shifted('looser', 'now allows any value', difference);
  const [old, newer] = [new Set<string>(before), new Set<string>(after)];
  const shift = shiftOfSets(old, newer);
  if (shift === undefined) return [];
  const [gone, came] = [[...old.difference(newer)].join(', '), [...newer.difference(old)].join(', ')];
  const what = [...(gone === '' ? [] : [`no longer allows ${gone}`]), ...(came === '' ? [] : [`also allows ${came}`])];
  return shift === 'looser' && direction === 'response'
    ? changed('response-value-added', what.join(' and '))(difference)
    : shifted(shift, what.join(' and '), difference);
}

/** Whether a field is required: in no form of the body, in some, in every form. */
const requiredLevels: readonly (FactValue | undefined)[] = ['optional', 'in some forms', 'required'];

function judgeRequired(difference: FactDifference): readonly Statement[] {
  const mark =
    requiredLevels.indexOf(difference.after) > requiredLevels.indexOf(difference.before) ? 'required' : 'optional';
  return changed(`${bodySide(difference.direction)}-field-${mark}`, `is now ${mark}`)(difference);
}

function judgeDefault(difference: FactDifference): readonly Statement[] {
  if (difference.direction === 'response')
    return changed('response-default-changed', 'has another default')(difference);
  return difference.before === undefined
    ? changed('request-default-added', 'now has a default')(difference)
    : changed('request-default-changed', 'has another default')(difference);
}

function judgeText({ direction, before, after }: FactDifference): readonly Statement[] {
  const [old, newer] = [text(before) ?? '', text(after) ?? ''];
  const wording = firstDifference(old, newer);
  return compareTexts(old, newer).map((difference) => {
    const [rule, what] = textRule(difference, direction === 'response');
    return 'values' in difference || difference.kind === 'formula'
      ? { rule, what, ...sides(difference.before, difference.after) }
      : { rule, what, ...wording };
  });
}

function textRule(difference: TextDifference, response: boolean): readonly [RuleId, string] {
  const values = 'values' in difference ? difference.values : [];
  switch (difference.kind) {
    case 'values-gone':
      return [response ? 'response-value-removed' : 'request-value-removed', `no longer lists ${values.join(', ')}`];
    case 'values-new':
      return [response ? 'response-value-added' : 'request-value-added', `now lists ${values.join(', ')}`];
    case 'values-other':
      return ['value-meaning-changed', `has another meaning for ${values.join(', ')}`];
    case 'values-swapped':
      return ['values-swapped', `has swapped the meanings of ${values.join(' and ')}`];
    case 'formula':
      return ['algorithm-changed', 'is computed differently'];
    case 'translated':
      return ['description-translated', 'is described in another language'];
    default:
      return wordingRule(difference.kind, difference.important, response);
  }
}

function wordingRule(
  kind: 'algorithm' | 'default' | 'limit' | 'prose',
  important: boolean,
  response: boolean,
): readonly [RuleId, string] {
  if (!important && kind === 'algorithm') return ['algorithm-reworded', 'describes its algorithm in other words'];
  if (!important) return ['description-reworded', 'is worded differently'];
  switch (kind) {
    case 'algorithm':
      return ['algorithm-text-changed', 'describes its algorithm differently'];
    case 'default':
      return [response ? 'description-changed' : 'stated-default-changed', 'describes another default'];
    case 'limit':
      return [response ? 'stated-limit-changed-in-response' : 'stated-limit-changed', 'describes another limit'];
    case 'prose':
      return ['description-changed', 'has another description'];
  }
}
