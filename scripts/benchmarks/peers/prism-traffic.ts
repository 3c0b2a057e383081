import { namedRequests } from '../../../contract/pure-bt/payload.ts';
import { createHttpClient } from '../../../contract/targets/http-client.ts';
import { createStatesClient } from '../../../contract/targets/states-client.ts';
import { buildRequest } from '../../../generators/pure-bt/request.ts';
import { seededRandom } from '../../../generators/random.ts';
import type { Fixture } from '../../../spec/family/states.ts';
import { stateNames } from '../../../spec/family/states.ts';
import { headerValue } from '../../../spec/http.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';

/**
 * Sends a server signed traffic through Prism's proxy, and returns how many answers break the schema. Prism sends nothing
 * itself, so it gets the best there is: every correct form and every fault with a device of its own, and a correct request
 * in every state. Prism validates no requests: the faults are intended.
 */
export async function countViolations(proxy: string, statesUrl: string): Promise<number> {
  await using client = createHttpClient({ baseUrl: proxy });
  await using states = createStatesClient({ url: statesUrl, operation });
  const random = seededRandom(1, 'bench', 'prism');
  let violations = 0;
  const send = async (state: string, changes: Parameters<typeof buildRequest>[1]): Promise<void> => {
    const setup = await states.setup(state);
    if (setup.kind !== 'ready') return;
    const context = { fixture: setup.fixture as Fixture, dialect: defaultDialect, random, keys: {} };
    const sent = await client.send(buildRequest(context, changes).http);
    if (sent.kind === 'no-answer' || breaksSchema(headerValue(sent.response.headers, 'sl-violations'))) violations += 1;
  };
  for (const named of namedRequests()) {
    // A few faults need keys of the platform, which no proxy has.
    if (named.needs === undefined) await send(operation.readyState, named.changes);
  }
  for (const state of stateNames) await send(state, []);
  return violations;
}

/** Prism reports a missing token even if it validates no requests. A list that is too long is cut at its end. */
function breaksSchema(violations: string | undefined): boolean {
  return violations?.includes('"location":["response"') === true;
}
