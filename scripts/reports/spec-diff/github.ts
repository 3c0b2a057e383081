import type { Change } from '../../../spec/diff/change.ts';
import type { SpecDiffFile } from '../../../spec/diff/spec-diff.generated.ts';
import { workflowCommand } from '../github.ts';
import { countedChanges, headline, places } from './text.ts';

/** GitHub shows ten annotations of each kind per step and drops the rest. */
const maxAnnotations = 10;

/** Breaking and risky changes as GitHub workflow commands, at their lines in the new document. */
export function specDiffAnnotations(diff: SpecDiffFile): readonly string[] {
  const annotations = (severity: Change['severity'], level: 'error' | 'warning'): readonly string[] =>
    countedChanges(diff, severity)
      .slice(0, maxAnnotations)
      .map((change) => annotation(level, change, diff));
  return [...annotations('breaking', 'error'), ...annotations('risky', 'warning')];
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
