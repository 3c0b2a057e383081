import { operation } from '../../../spec/pure-bt/operation.ts';
import { startReference } from '../../../spec/pure-bt/reference/http.ts';
import { createStatesClient } from '../../targets/states-client.ts';
import type { Target } from '../../targets/target.ts';
import { openUrlTarget } from '../../targets/url.ts';

// The one door to the embedded server: nothing outside this folder and the mutants imports it.
export { startReference };

/** How the embedded server is opened. */
export type ReferenceTargetOptions = {
  readonly statesPath?: string;
  readonly timeoutMs?: number;
  readonly connections?: number;
};

/** The embedded reference server, started on a free port and met over HTTP like any other; it ends with the target. */
export async function openReferenceTarget(options: ReferenceTargetOptions = {}): Promise<Target> {
  const server = await startReference(options.statesPath === undefined ? {} : { statesPath: options.statesPath });
  const client = {
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    ...(options.connections === undefined ? {} : { connections: options.connections }),
  };
  const states = createStatesClient({ ...client, url: server.statesUrl, operation });
  const target = openUrlTarget({ ...client, baseUrl: server.url }, states, { publicKeyPem: server.publicKeyPem });
  return {
    ...target,
    kind: 'reference',
    [Symbol.asyncDispose]: async () => {
      await target[Symbol.asyncDispose]();
      await server.stop();
    },
  };
}
