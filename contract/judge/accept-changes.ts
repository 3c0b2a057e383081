import type { Acceptance, AcceptedChanges } from '../../spec/diff/accepted-changes.generated.ts';
import { type Change, countSeverities, severities } from '../../spec/diff/change.ts';
import type { SpecDiffFile } from '../../spec/diff/spec-diff.generated.ts';
import { firstItems } from '../../spec/first-items.ts';
import { inert } from '../inert.ts';
import { matches } from '../matches.ts';
import { endsSoon } from './policy.ts';

/**
 * Gives the changes between two documents a team's own severities, and marks the accepted ones, which no longer count. An
 * acceptance that has expired, ends soon or has no change gives a note.
 * @param today as `2026-11-24`, so that a test can choose it.
 */
export function acceptChanges(
  diff: SpecDiffFile,
  { accept = [], severities: own = {} }: AcceptedChanges,
  today: string,
): SpecDiffFile {
  const shown = diff.changes.flatMap((change): readonly Change[] => {
    const severity = own[change.rule] ?? change.severity;
    return severity === 'off' ? [] : [{ ...change, severity }];
  });
  const valid = accept.filter(({ until }) => until >= today);
  const changes = shown
    .map((change): Change => {
      const accepted = valid.find((acceptance) => covers(acceptance, change));
      if (accepted === undefined) return change;
      const { until, owner, reason } = accepted;
      return { ...change, accepted: { until, owner, reason } };
    })
    .sort((one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity));
  return {
    ...diff,
    counts: countSeverities(changes),
    accepted: changes.filter(({ accepted }) => accepted !== undefined).length,
    off: diff.changes.length - shown.length,
    notes: accept.flatMap((acceptance) => note(acceptance, shown, today)),
    changes,
  };
}

/** Subjects that a note names, if an entry has another one. */
const mostNear = 5;

function covers({ rule, subject = '*' }: Acceptance, change: Change): boolean {
  return rule === change.rule && matches(subject, change.subject);
}

function note(acceptance: Acceptance, changes: readonly Change[], today: string): readonly string[] {
  const { rule, subject, until, owner } = acceptance;
  const name = inert(`"${rule}${subject === undefined ? '' : `: ${subject}`}"`);
  const by = inert(`(${owner})`);
  if (!changes.some((change) => covers(acceptance, change))) {
    const near = new Set(
      changes.filter((change) => change.rule === rule).map((other) => `"${inert(other.subject, 240)}"`),
    );
    const why =
      near.size === 0
        ? 'there is no such change; remove this unused entry'
        : `no change of this kind has that subject; correct it, or remove this unused entry; the subjects are ${firstItems([...near], mostNear, ' and')}`;
    return [`accept: ${name} is accepted until ${until}, but ${why} ${by}`];
  }
  if (until < today)
    return [`accept: ${name} was accepted until ${until}, but it is still a change; it counts again ${by}`];
  const soon = endsSoon(today, until);
  return soon === undefined ? [] : [`accept: ${name} is accepted ${soon} ${by}`];
}
