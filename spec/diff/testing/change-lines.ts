import { page } from '../../document/testing/pages.ts';
import { compareSpecs } from '../compare-specs.ts';
import { readSpec } from '../read-spec.ts';

/** A page in the vendor's format, with an invented operation. */
export const lampPage: string = page('bind-lamp.md');

/** The changes between two texts, one line for each: `breaking code-removed: code 5361 was removed`. */
export function changeLines(before: string, after: string, file = 'spec.yaml'): readonly string[] {
  const { changes } = compareSpecs(readSpec(file, before), readSpec(file, after));
  return changes.map(({ severity, rule, subject, what }) => `${severity} ${rule}: ${subject} ${what}`);
}

/** A text with some parts replaced. @throws Error if a part is missing. */
export function edited(text: string, ...edits: readonly (readonly [part: string, by: string])[]): string {
  return edits.reduce((whole, [part, by]) => {
    if (!whole.includes(part)) throw new Error(`the text has no "${part}"`);
    return whole.replaceAll(part, () => by);
  }, text);
}
