import { definedOnly } from '../../../spec/defined-only.ts';
import type { Declared } from '../../../spec/family/declared/model.ts';
import { declaredOperation } from '../../../spec/family/declared/operation.ts';
import type { DeclaredListenOptions } from '../../../spec/family/reference/declared/server.ts';
import { startDeclaredServer } from '../../../spec/family/reference/declared/server.ts';
import { embeddedTokenKey } from '../../../spec/family/reference/token.ts';
import { toTarget } from '../../targets/embedded.ts';
import type { HttpClientOptions } from '../../targets/http-client.ts';
import type { Target } from '../../targets/target.ts';

// The only access to the embedded server: nothing outside this folder and the mutants imports it.
export { startDeclaredServer };

/** Starts the embedded server on a free port and uses it over HTTP like any other; it stops with the target. */
export async function openReferenceTarget(
  declared: Declared,
  {
    statesPath,
    ...client
  }: Pick<DeclaredListenOptions, 'statesPath'> & Pick<HttpClientOptions, 'timeoutMs' | 'connections'> = {},
): Promise<Target> {
  const server = await startDeclaredServer(declared, {
    tokenKey: await embeddedTokenKey(),
    ...definedOnly({ statesPath }),
  });
  return toTarget(server, declaredOperation(declared), client);
}
