import type { CaseRow } from '../../contract/results.ts';
import { codesOfState, wouldCover } from '../../contract/state-codes.ts';
import type { Suite } from '../../contract/suite.ts';
import type { Operation } from '../../spec/operation.ts';
import type { Terminal } from '../terminal.ts';

/** The guide to states endpoints, for messages. */
export const statesGuide = 'docs/provider-states.md';

/** The states that the endpoint does not support, what each would cover, and an example of the first one. */
export function missingStatesText(
  cases: readonly CaseRow[],
  suite: Suite,
  style: Terminal['style'],
): readonly string[] {
  // This is not for fixtures of a configuration that have no device left.
  const refused = cases.filter(({ reason }) => reason?.includes('the states endpoint answered') === true);
  const covered = new Set(cases.filter(({ outcome }) => outcome === 'passed').map(({ code }) => code));
  const addsNone = (state: string): boolean => codesOfState(state, suite).every((code) => covered.has(code));
  // First what covers a code that nothing covers yet.
  const missing = [...new Set(refused.flatMap(({ unsupported }) => unsupported ?? []))].sort(
    (a, b) => Number(addsNone(a)) - Number(addsNone(b)),
  );
  const [first] = missing;
  if (first === undefined) return [];
  const title = missing.length === 1 ? '1 state is not supported' : `${missing.length} states are not supported`;
  return [
    [
      `${style(['yellow', 'bold'], title)} · how to: ${statesGuide}`,
      ...missing.map((state) => `  ${wouldCover(state, suite)}`),
      `  to start with "${first}" (${codesOfState(first, suite).join(', ')}), answer this request with 200 and a fixture like this`,
      `    request  ${JSON.stringify({ state: first, params: { id: '<id>' }, action: 'setup' })}`,
      `    answer   ${fixtureShape(first, suite.operation)}`,
    ].join('\n'),
  ];
}

/** A fixture of a state as JSON, with descriptions in place of values. */
function fixtureShape(state: string, { fixture, states }: Operation): string {
  const members = Object.entries(fixture).filter(
    ([name, { optional }]) => optional !== true || states[state]?.includes(name) === true,
  );
  return JSON.stringify(Object.fromEntries(members.map(([name, { about }]) => [name, `<${about}>`])));
}
