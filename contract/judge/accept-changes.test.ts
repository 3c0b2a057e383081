import { expect, test } from 'vitest';
import type { AcceptedChanges } from '../../spec/diff/accepted-changes.generated.ts';
import { compareSpecs } from '../../spec/diff/compare-specs.ts';
import { readSpec } from '../../spec/diff/read-spec.ts';
import type { SpecDiffFile } from '../../spec/diff/spec-diff.generated.ts';
import { edited, lampPage } from '../../spec/diff/testing/change-lines.ts';
import { acceptChanges } from './accept-changes.ts';

const [before, after] = [
  readSpec('old.md', lampPage),
  readSpec(
    'new.md',
    edited(
      lampPage,
      ['| 7002 | Room is full | |\n', ''],
      ['| 7004 |', '| 7999 | Brand new | |\n| 7004 |'],
      ['# Bind Lamp', '# Bind a Lamp'],
    ),
  ),
];
const diff = compareSpecs(before, after);
const today = '2026-11-24';
const owner = { owner: 'app team', reason: 'API-12' };

function judged(file: Omit<AcceptedChanges, 'schema'>): SpecDiffFile {
  return acceptChanges(diff, { schema: 'bindgate.accepted-changes/1', ...file }, today);
}

test('marks accepted changes, which no longer count', () => {
  const accept = [{ rule: 'code-removed', subject: 'code 7*', until: '2027-03-31', ...owner }];
  const { changes, counts, accepted, notes } = judged({ accept });
  expect({ counts, accepted, notes }).toEqual({
    counts: { breaking: 0, risky: 1, harmless: 1 },
    accepted: 1,
    notes: [],
  });
  expect(changes.map(({ rule, accepted: by }) => [rule, by?.until])).toEqual([
    ['code-removed', '2027-03-31'],
    ['code-added', undefined],
    ['remark-changed', undefined],
  ]);
});

test.each([
  [
    'expired',
    'code-removed',
    undefined,
    '2026-11-23',
    1,
    /was accepted until 2026-11-23, but it is still a change; it counts again \(app team\)$/,
  ],
  ['on its last day', 'code-removed', undefined, today, 0, /is accepted until today \(app team\)$/],
  [
    'without a change of its kind',
    'path-changed',
    undefined,
    '2027-03-31',
    1,
    /there is no such change; remove this unused entry/,
  ],
  [
    'for another subject',
    'code-removed',
    'code 7003',
    '2027-03-31',
    1,
    /"code-removed: code 7003" .* no change of this kind has that subject; .* the subjects are "code 7002" \(app team\)$/,
  ],
  ['expired and without a change', 'path-changed', undefined, '2020-01-01', 1, /there is no such change/],
])('notes an acceptance that is %s', (_, rule, subject, until, breaking, note) => {
  const { counts, notes } = judged({ accept: [{ rule, until, ...owner, ...(subject !== undefined && { subject }) }] });
  expect(counts.breaking).toBe(breaking);
  expect(notes).toEqual([expect.stringMatching(note)]);
});

test('uses severities of a team, and hides those that are off', () => {
  const { changes, counts, off } = judged({
    severities: { 'code-added': 'breaking', 'code-removed': 'harmless', 'remark-changed': 'off' },
  });
  expect([changes.map(({ rule, severity }) => `${severity} ${rule}`), counts, off]).toEqual([
    ['breaking code-added', 'harmless code-removed'],
    { breaking: 1, risky: 0, harmless: 1 },
    1,
  ]);
});
