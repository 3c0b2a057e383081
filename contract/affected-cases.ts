import type { Change } from '../spec/diff/change.ts';
import type { Case } from './case.ts';

/** What a change of the document asks of the suite. */
export type Affected = {
  /** The change, in a line. */
  readonly change: string;
  /** Ids of the cases that speak of what has changed, in the order of the catalogue. */
  readonly cases: readonly string[];
  /** What to do where cases alone are not enough; empty where they are. */
  readonly todo: readonly string[];
};

/**
 * The cases of a catalogue that a change touches: those about its code, or whose clause names its field. A harmless change
 * touches none.
 */
export function affectedBy({ rule, severity, subject, what }: Change, cases: readonly Case[]): Affected | undefined {
  if (severity === 'harmless') return undefined;
  const code = /^code (\d+)/.exec(subject)?.[1];
  const field = /^request field (\w+)/.exec(subject)?.[1];
  const touched = cases.filter((one) =>
    code === undefined ? field !== undefined && names(one.clause, field) : String(one.code) === code,
  );
  const todo = [
    ...(rule === 'algorithm-changed'
      ? [`every case that sends a request: the formula stands once, in spec/formulas.ts (${cases.length} cases)`]
      : []),
    ...(rule === 'request-field-added-required'
      ? ['every request that is to bind: give the field a value in draftRequest (generators/request.ts)']
      : []),
    ...(touched.length === 0 ? ['no case speaks of it yet: add a fault below generators/faults/, or a case'] : []),
  ];
  return { change: `${subject} ${what}`, cases: touched.map(({ id }) => id), todo };
}

function names(clause: string, field: string): boolean {
  return new RegExp(`(?<![\\w])${field}(?![\\w])`).test(clause);
}
