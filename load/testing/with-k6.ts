import { serverNamed } from '../../contract/mutants/named.ts';
import { mutantSet } from '../../contract/pure-bt/mutants/set.ts';
import { startReference } from '../../contract/pure-bt/targets/reference.ts';
import { createStatesClient } from '../../contract/targets/states-client.ts';
import type { Target } from '../../contract/targets/target.ts';
import { openUrlTarget } from '../../contract/targets/url.ts';
import { httpServer, type TestServer } from '../../contract/testing/servers.ts';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { operation as device } from '../../spec/pure-bt/operation.ts';
import type { LoadOperation, Weighted } from '../operation.ts';
import { type Profile, readProfile } from '../profiles.ts';
import { loadOperation } from '../pure-bt/operation.ts';
import { findK6, type K6, k6Places } from '../run/k6-binary.ts';
import type { LoadGenerator } from '../run/measure.ts';
import { type Site, siteOf } from '../run/product.ts';

/** The installed k6. CI installs it before the tests, so that nothing is skipped there. */
export const k6: K6 | undefined = await findK6(k6Places(() => undefined));
export const withoutK6: boolean = k6 === undefined && process.env['CI'] === undefined;

/** The operation under the default dialect, and its simplest mix. */
export const operation: LoadOperation = loadOperation(defaultDialect);
export const onlyPlain: readonly Weighted[] = [{ workload: operation.plain, weight: 1 }];

/** A target as a load uses it, for tests. */
export function siteAt(target: Target, more: Partial<Site> = {}): Site {
  return { ...siteOf(operation, target), timeoutMs: 700, ...more };
}

/** k6 in one process, for tests; if there is no k6, one that cannot start. */
export function generatorWith(more: Partial<LoadGenerator> = {}): LoadGenerator {
  const none: K6 = { file: 'k6', version: '2.2.0', from: 'PATH' };
  return { k6: k6 ?? none, processes: 1, outputs: [], signal: new AbortController().signal, ...more };
}

/** A profile with other numbers. */
export function profileWith(name: Profile['name'], rate: number, duration: number): Profile {
  return readProfile(name, { rate, duration });
}

/** The reference server as a mutant, variant or slow server, over HTTP; `change` replaces parts of its behaviour. */
export async function openNamed(id: string, change: Partial<(typeof mutantSet)['correct']> = {}): Promise<Target> {
  const named = serverNamed(mutantSet, id);
  const server = await startReference({ ...named, behaviour: { ...named.behaviour, ...change } });
  const states = createStatesClient({ operation: device, url: server.statesUrl });
  return openUrlTarget({ baseUrl: server.url }, states, { owns: server });
}

/** A server that binds everything and records the bodies of the requests. */
export function bindingServer(bodies: string[] = []): Promise<TestServer> {
  return httpServer((_request, response, body) => {
    bodies.push(body);
    response.setHeader('content-type', 'application/json').end(operation.success);
  });
}
