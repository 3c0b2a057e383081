import type { NamedServer } from '../../contract/pure-bt/mutants/named.ts';
import { serverNamed } from '../../contract/pure-bt/mutants/named.ts';
import { startReference } from '../../contract/pure-bt/targets/reference.ts';
import { createStatesClient } from '../../contract/targets/states-client.ts';
import type { Target } from '../../contract/targets/target.ts';
import { openUrlTarget } from '../../contract/targets/url.ts';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { operation } from '../../spec/pure-bt/operation.ts';
import type { K6 } from '../k6-binary.ts';
import { findK6, k6Places } from '../k6-binary.ts';
import type { LoadSession } from '../session.ts';

/** The k6 of this machine; CI brings one before it runs the tests, so that nothing is skipped there. */
export const k6: K6 | undefined = await findK6(k6Places(() => undefined));
export const withoutK6: boolean = k6 === undefined && process.env['CI'] === undefined;

/** A session with a target, as a test needs it. */
export function sessionWith(target: Target, more: Partial<LoadSession> = {}): LoadSession {
  if (k6 === undefined) throw new Error('no k6');
  return { target, k6, dialect: defaultDialect, timeoutMs: 2_000, signal: new AbortController().signal, ...more };
}

/** The reference server as a mutant, variant or slow server, met over HTTP; `change` takes parts of its behaviour from elsewhere. */
export async function openNamed(id: string, change: Partial<NamedServer['behaviour']> = {}): Promise<Target> {
  const named = serverNamed(id);
  const server = await startReference({ ...named, behaviour: { ...named.behaviour, ...change } });
  const target = openUrlTarget({ baseUrl: server.url }, createStatesClient({ operation, url: server.statesUrl }));
  return {
    ...target,
    [Symbol.asyncDispose]: async () => {
      await target[Symbol.asyncDispose]();
      await server.stop();
    },
  };
}
