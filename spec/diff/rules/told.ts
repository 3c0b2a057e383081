import type { Direction, Facet, FactValue } from '../model.ts';
import type { RuleId } from './menu.ts';

/** What a judge has to say of one difference: which rule, what happened after the subject's name, both texts. */
export type Told = {
  readonly rule: RuleId;
  readonly what: string;
  readonly before?: string;
  readonly after?: string;
};

/** Whether more or less is right than before, or neither can be said. */
export type Shift = 'tighter' | 'looser' | 'other';

/** The shift from one set of right values to another; undefined where they are the same. */
export function shiftOf(before: ReadonlySet<string>, after: ReadonlySet<string>): Shift | undefined {
  const less = [...before].some((value) => !after.has(value));
  const more = [...after].some((value) => !before.has(value));
  if (less && more) return 'other';
  if (less) return 'tighter';
  return more ? 'looser' : undefined;
}

/** One statement that differs: absent on a side that does not make it. */
export type FactDifference = {
  readonly facet: Facet;
  readonly direction: Direction;
  readonly before?: FactValue | undefined;
  readonly after?: FactValue | undefined;
};

/** The rule for a shift, by who writes the value. */
export function side(direction: Direction, shift: Shift): RuleId {
  return direction === 'response' ? `response-${shift}` : `request-${shift}`;
}

/** A value as a reader sees it; undefined where there is none. */
export function text(value: FactValue | undefined): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Before and after as texts, each only where it is there. */
export function bothTexts({ before, after }: FactDifference): Pick<Told, 'before' | 'after'> {
  const [old, young] = [text(before), text(after)];
  return { ...(old !== undefined && { before: old }), ...(young !== undefined && { after: young }) };
}
