import type { Change } from '../../../spec/diff/change.ts';
import type { SpecDiffFile } from '../../../spec/diff/spec-diff.generated.ts';
import { workflowCommand } from '../github.ts';
import { headline, places } from './text.ts';

/** GitHub shows ten annotations of each kind per step and drops the rest. */
const maxAnnotations = 10;

/** Breaking and risky changes as GitHub workflow commands, at their lines in the new document. */
export function specDiffAnnotations(diff: SpecDiffFile): readonly string[] {
  const of = (severity: Change['severity']): readonly Change[] =>
    diff.changes
      .filter((change) => change.severity === severity && change.accepted === undefined)
      .slice(0, maxAnnotations);
  return [
    ...of('breaking').map((change) => annotation('error', change, diff)),
    ...of('risky').map((change) => annotation('warning', change, diff)),
  ];
}

function annotation(level: 'error' | 'warning', change: Change, diff: SpecDiffFile): string {
  const { before, after, clients, servers, todo, severity, at } = change;
  const lines = [
    `${before ?? '–'} → ${after ?? '–'}`,
    `clients: ${clients}`,
    `servers: ${servers}`,
    `to do: ${todo}`,
    places(change, diff),
  ];
  const title = `bindgate: ${severity}: ${headline(change)}`;
  return workflowCommand(level, { file: diff.after.file, line: String(at.after.line), title }, lines);
}
