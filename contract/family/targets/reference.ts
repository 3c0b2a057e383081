import { definedOnly } from '../../../spec/defined-only.ts';
import type { Declared } from '../../../spec/family/declared/model.ts';
import { declaredOperation } from '../../../spec/family/declared/operation.ts';
import type { DeclaredListenOptions } from '../../../spec/family/reference/declared/server.ts';
import { startDeclaredServer } from '../../../spec/family/reference/declared/server.ts';
import { embeddedTokenKey } from '../../../spec/family/reference/token.ts';
import type { HttpClientOptions } from '../../targets/http-client.ts';
import { createStatesClient } from '../../targets/states-client.ts';
import type { Target } from '../../targets/target.ts';
import { openUrlTarget } from '../../targets/url.ts';

/** Starts the embedded server of an operation that is data. */
export function startReference(
  declared: Declared,
  options: DeclaredListenOptions,
): ReturnType<typeof startDeclaredServer> {
  return startDeclaredServer(declared, options);
}

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
  const states = createStatesClient({ ...client, url: server.statesUrl, operation: declaredOperation(declared) });
  const target = openUrlTarget({ ...client, baseUrl: server.url }, states, { publicKeyPem: server.publicKeyPem });
  return {
    ...target,
    kind: 'reference',
    [Symbol.asyncDispose]: async () => {
      await target[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}
