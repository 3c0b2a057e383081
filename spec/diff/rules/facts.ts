import { judgeLimit, judgePattern } from './limits.ts';
import type { RuleId } from './menu.ts';
import { judgeText } from './texts.ts';
import { bothTexts, type FactDifference, side, type Told, text } from './told.ts';
import { judgeDefault, judgeFormat, judgeRequired, judgeType, judgeValues } from './values.ts';

/** What a judge of a facet looks like. */
type Judge = (difference: FactDifference) => readonly Told[];

/** What each facet's difference means. Facets with a slash share the judge of what stands before it. */
const judges: Readonly<Record<string, Judge>> = {
  path: changed('path-changed', 'has another path'),
  method: changed('method-changed', 'has another method'),
  scheme: changed('security-changed', 'is asked for otherwise'),
  type: judgeType,
  nullable: ({ direction, after }) => [
    after === true
      ? { rule: side(direction, 'looser'), what: 'may be null now' }
      : { rule: side(direction, 'tighter'), what: 'must not be null any more' },
  ],
  format: judgeFormat,
  values: judgeValues,
  required: judgeRequired,
  default: judgeDefault,
  pattern: ({ direction, before, after }) => judgePattern(direction, text(before), text(after)),
  closed: ({ direction, after }) => [
    after === true
      ? { rule: side(direction, 'tighter'), what: 'takes no other fields any more' }
      : { rule: side(direction, 'looser'), what: 'takes other fields now' },
  ],
  choice: changed('body-choice-changed', 'takes its alternatives otherwise'),
  description: ({ direction, before, after }) => judgeText(direction, text(before) ?? '', text(after) ?? ''),
  deprecated: changed('deprecated-changed', 'is deprecated otherwise'),
  'not-understood': changed('line-not-understood', 'reads otherwise'),
  other: (difference) => changed('keyword-changed', `has another ${keyword(difference)}`)(difference),
  note: (difference) => changed('remark-changed', `has another ${keyword(difference)}`)(difference),
};

/** What one differing statement means; empty where only looks differ. */
export function judgeFact(difference: FactDifference): readonly Told[] {
  const judge = judges[difference.facet.replace(/\/.*$/s, '')] ?? judgeLimit;
  return judge(difference);
}

function changed(rule: RuleId, what: string): Judge {
  return (difference) => [{ rule, what, ...bothTexts(difference) }];
}

function keyword({ facet }: FactDifference): string {
  return facet.slice(facet.indexOf('/') + 1);
}
