import { suite } from '../../contract/pure-bt/suite.ts';
import type { CaseResult } from '../../contract/run/outcome.ts';
import { codesOfState, wouldCover } from '../../contract/state-codes.ts';
import type { StateName } from '../../spec/pure-bt/states.ts';
import { requiredFixtureFields, states } from '../../spec/pure-bt/states.ts';
import type { Terminal } from '../terminal.ts';

/** The guide to states endpoints, for messages. */
export const statesGuide = 'docs/provider-states.md';

/** What to give for each field of a fixture, in the words of a placeholder. */
const placeholders: Readonly<Record<string, string>> = {
  token: 'access token',
  pk: 'product key',
  ps: '16 ASCII characters',
  dk: '4 to 32 letters and digits, new each time',
  bindingCode: '16 of 0-9A-F',
  bindingSecret: 'any text without a comma',
  userDomainSecret: 'end of the signed text',
  oldBindingSecret: 'the stored one, or of nobody',
  otherToken: "another user's access token",
  fid: 'family',
  frid: 'room',
};

/** The states that the endpoint does not know, what each would cover, and the first one to paste into a handler. */
export function missingStatesText(cases: readonly CaseResult[], style: Terminal['style']): readonly string[] {
  // Fixtures of a configuration that have no device left are no endpoint to extend.
  const refused = cases.filter(({ reason }) => reason?.includes('the states endpoint answered') === true);
  const missing = [...new Set(refused.flatMap(({ unsupported }) => (unsupported === undefined ? [] : [unsupported])))];
  const [first] = missing;
  if (first === undefined) return [];
  const title = missing.length === 1 ? '1 state is not supported' : `${missing.length} states are not supported`;
  return [
    [
      `${style(['yellow', 'bold'], title)} · how to: ${statesGuide}`,
      ...missing.map((state) => `  ${wouldCover(state, suite)}`),
      `  to begin with "${first}" (${codesOfState(first, suite).join(', ')}), answer this request with 200 and such a fixture`,
      `    request  ${JSON.stringify({ state: first, params: { id: '<id>' }, action: 'setup' })}`,
      `    answer   ${fixtureShape(first as StateName)}`,
    ].join('\n'),
  ];
}

/** A fixture of a state as JSON, with words in the place of values. */
function fixtureShape(state: StateName): string {
  const fields = [...requiredFixtureFields, ...states[state]];
  return JSON.stringify(Object.fromEntries(fields.map((field) => [field, `<${placeholders[field] ?? field}>`])));
}
