import { definedOnly } from '../defined-only.ts';
import type { RuleId, Statement } from './change.ts';
import type { Direction, Facet, FactValue } from './model.ts';
import { compareTexts, type TextDifference } from './text/description.ts';

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

function onOrOff(on: readonly [Shift, string], off: readonly [Shift, string]): Judge {
  return (difference) => {
    const [shift, what] = difference.after === true ? on : off;
    return [{ rule: `${bodySide(difference)}-${shift}`, what }];
  };
}

function shifted(shift: Shift, what: string, difference: FactDifference): readonly Statement[] {
  return changed(`${bodySide(difference)}-${shift}`, what)(difference);
}

/** The body that a difference belongs to, as in the names of rules; what belongs to neither counts as a part of the request. */
export function bodySide({ direction }: Pick<FactDifference, 'direction'>): 'request' | 'response' {
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
  return changed(`${bodySide(difference)}-field-${mark}`, `is now ${mark}`)(difference);
}

function judgeDefault(difference: FactDifference): readonly Statement[] {
  if (difference.direction === 'response')
    return changed('response-default-changed', 'has another default')(difference);
  return difference.before === undefined
    ? changed('request-default-added', 'now has a default')(difference)
    : changed('request-default-changed', 'has another default')(difference);
}

/** What a difference between two descriptions is called, with its rule, and its rule in a response if that is another one. */
const textRules: Readonly<Record<TextDifference['kind'], readonly [what: string, rule: RuleId, inResponse?: RuleId]>> =
  {
    'values-gone': ['no longer lists', 'request-value-removed', 'response-value-removed'],
    'values-new': ['now lists', 'request-value-added', 'response-value-added'],
    'values-other': ['has another meaning for', 'value-meaning-changed'],
    'values-swapped': ['has swapped the meanings of', 'values-swapped'],
    formula: ['is computed differently', 'algorithm-changed'],
    translated: ['is described in another language', 'description-translated'],
    algorithm: ['describes its algorithm differently', 'algorithm-text-changed'],
    default: ['describes another default', 'stated-default-changed', 'description-changed'],
    limit: ['describes another limit', 'stated-limit-changed', 'stated-limit-changed-in-response'],
    prose: ['has another description', 'description-changed'],
    'algorithm-reworded': ['describes its algorithm in other words', 'algorithm-reworded'],
    reworded: ['is worded differently', 'description-reworded'],
  };

function judgeText({ direction, before, after }: FactDifference): readonly Statement[] {
  return compareTexts(text(before) ?? '', text(after) ?? '').map(({ kind, values, ...texts }) => {
    const [what, rule, inResponse = rule] = textRules[kind];
    return {
      rule: direction === 'response' ? inResponse : rule,
      what: values === undefined ? what : `${what} ${values}`,
      ...texts,
    };
  });
}
