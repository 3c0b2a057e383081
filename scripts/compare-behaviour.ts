import { readBehaviourFile } from '../contract/baseline/behaviour-file.ts';
import { type BehaviourChanges, compareBehaviour, countChanges } from '../contract/baseline/compare-behaviour.ts';
import type { Suite } from '../contract/suite.ts';
import { changesText } from './reports/changes-text.ts';
import type { Terminal } from './terminal.ts';

/**
 * Compares the behaviour in two files: each is a baseline or a `results.json`. Nothing is run. The exit code is 1 for changes.
 * @throws UserError (exit code 2) for a file that is neither, and for files with different dialects.
 */
export function compareBehaviourFiles(
  before: string,
  after: string,
  suite: Suite,
): {
  readonly exitCode: 0 | 1;
  /** The output of `--json`; its JSON Schema is `$defs.changes` of `results.schema.json`. */
  readonly json: { readonly schema: 'bindgate.changes/1' } & BehaviourChanges;
  readonly text: (style: Terminal['style']) => string;
} {
  const changes = compareBehaviour(readBehaviourFile(before, suite), readBehaviourFile(after, suite), suite);
  return {
    exitCode: countChanges(changes) === 0 ? 0 : 1,
    json: { schema: 'bindgate.changes/1', ...changes },
    text: (style) => changesText(changes, style).join('\n\n'),
  };
}
