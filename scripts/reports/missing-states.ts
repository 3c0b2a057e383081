import type { CaseRow } from '../../contract/results.ts';
import { codesOfState, wouldCover } from '../../contract/state-codes.ts';
import type { Suite } from '../../contract/suite.ts';
import type { Operation } from '../../spec/operation.ts';
import type { Terminal } from '../terminal.ts';

/** The guide to states endpoints, for messages. */
export const statesGuide = 'docs/provider-states.md';

/** The states that the endpoint does not know, what each would cover, and the first one to paste into a handler. */
export function missingStatesText(
  cases: readonly CaseRow[],
  suite: Suite,
  style: Terminal['style'],
): readonly string[] {
  // Fixtures of a configuration that have no device left are no endpoint to extend.
  const refused = cases.filter(({ reason }) => reason?.includes('the states endpoint answered') === true);
  const missing = [...new Set(refused.flatMap(({ unsupported }) => unsupported ?? []))];
  const [first] = missing;
  if (first === undefined) return [];
  const title = missing.length === 1 ? '1 state is not supported' : `${missing.length} states are not supported`;
  return [
    [
      `${style(['yellow', 'bold'], title)} · how to: ${statesGuide}`,
      ...missing.map((state) => `  ${wouldCover(state, suite)}`),
      `  to begin with "${first}" (${codesOfState(first, suite).join(', ')}), answer this request with 200 and such a fixture`,
      `    request  ${JSON.stringify({ state: first, params: { id: '<id>' }, action: 'setup' })}`,
      `    answer   ${fixtureShape(first, suite.operation)}`,
    ].join('\n'),
  ];
}

/** A fixture of a state as JSON, with words in the place of values. */
function fixtureShape(state: string, { fixture, states }: Operation): string {
  const members = Object.entries(fixture).filter(
    ([name, { optional }]) => optional !== true || states[state]?.includes(name) === true,
  );
  return JSON.stringify(Object.fromEntries(members.map(([name, { about }]) => [name, `<${about}>`])));
}
