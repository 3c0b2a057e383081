import { definedOnly } from '../../../spec/defined-only.ts';
import { FixtureConflict } from '../../../spec/family/reference/provider-states.ts';
import { givenTokenClaims } from '../../../spec/family/reference/state-recipes.ts';
import { embeddedTokenKey } from '../../../spec/family/reference/token.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { envelope } from '../../../spec/pure-bt/reference/behaviour.ts';
import { type ListenOptions, startReference } from '../../../spec/pure-bt/reference/reference.ts';
import { toTarget } from '../../targets/embedded.ts';
import type { HttpClientOptions } from '../../targets/http-client.ts';
import type { Target } from '../../targets/target.ts';

// The only access to the embedded server: nothing outside this folder and the mutants imports it.
export { embeddedTokenKey, envelope, FixtureConflict, givenTokenClaims, startReference };

/** Options of the embedded server as a target. */
export type ReferenceTargetOptions = Pick<ListenOptions, 'statesPath'> &
  Pick<HttpClientOptions, 'timeoutMs' | 'connections'>;

/** Starts the embedded reference server on a free port and uses it over HTTP like any other; it stops with the target. */
export async function openReferenceTarget({ statesPath, ...client }: ReferenceTargetOptions = {}): Promise<Target> {
  const server = await startReference({ tokenKey: await embeddedTokenKey(), ...definedOnly({ statesPath }) });
  return toTarget(server, operation, client);
}
