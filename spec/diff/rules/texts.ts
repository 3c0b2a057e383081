import type { Direction } from '../model.ts';
import { compareTexts, type TextDifference } from '../text/description.ts';
import { firstDifference } from '../text/first-difference.ts';
import type { RuleId } from './menu.ts';
import type { Told } from './told.ts';

/** What a changed description means, each difference in it once. */
export function judgeText(direction: Direction, before: string, after: string): readonly Told[] {
  return compareTexts(before, after).map((difference) => tell(difference, direction, firstDifference(before, after)));
}

function tell(difference: TextDifference, direction: Direction, wording: Pick<Told, 'before' | 'after'>): Told {
  const response = direction === 'response';
  const shown = {
    ...('before' in difference && difference.before !== undefined && { before: difference.before }),
    ...('after' in difference && difference.after !== undefined && { after: difference.after }),
  };
  switch (difference.kind) {
    case 'values-gone':
      return {
        rule: response ? 'response-value-removed' : 'request-value-removed',
        what: `lists ${difference.values.join(', ')} no more`,
        ...shown,
      };
    case 'values-new':
      return {
        rule: response ? 'response-value-added' : 'request-value-added',
        what: `lists ${difference.values.join(', ')} now`,
        ...shown,
      };
    case 'values-other':
      return {
        rule: 'value-meaning-changed',
        what: `means something else by ${difference.values.join(', ')}`,
        ...shown,
      };
    case 'values-swapped':
      return { rule: 'values-swapped', what: `has ${difference.values.join(' and ')} exchanged`, ...shown };
    case 'formula':
      return { rule: 'algorithm-changed', what: 'is computed otherwise', ...shown };
    case 'translated':
      return { rule: 'description-translated', what: 'is described in another language', ...wording };
    default:
      return { ...wordingRule(difference.kind, difference.weighty, response), ...wording };
  }
}

function wordingRule(
  kind: 'algorithm' | 'default' | 'limit' | 'prose',
  weighty: boolean,
  response: boolean,
): { readonly rule: RuleId; readonly what: string } {
  if (!weighty) {
    return kind === 'algorithm'
      ? { rule: 'algorithm-reworded', what: 'has its algorithm worded otherwise' }
      : { rule: 'description-reworded', what: 'is worded otherwise' };
  }
  switch (kind) {
    case 'algorithm':
      return { rule: 'algorithm-text-changed', what: 'has another text about its algorithm' };
    case 'default':
      return response
        ? { rule: 'description-changed', what: 'says something else about its default' }
        : { rule: 'stated-default-changed', what: 'says something else about its default' };
    case 'limit':
      return response
        ? { rule: 'stated-limit-changed-in-response', what: 'states another bound' }
        : { rule: 'stated-limit-changed', what: 'states another bound' };
    case 'prose':
      return { rule: 'description-changed', what: 'says something else' };
  }
}
