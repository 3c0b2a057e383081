/**
 * The contract as vitest tests, one each. The target comes from the environment: BINDGATE_URL with BINDGATE_STATES;
 * without them, the embedded reference server.
 */

import { afterAll, test } from 'vitest';
import { foreignKeyPem } from '../generators/tokens.ts';
import { defaultDialect } from '../spec/pure-bt/dialect.ts';
import { operation } from '../spec/pure-bt/operation.ts';
import { ruleOf } from '../spec/pure-bt/rules.ts';
import { cases } from './pure-bt/cases/menu.ts';
import { openReferenceTarget } from './pure-bt/targets/reference.ts';
import { createPace } from './run/pace.ts';
import { runCase } from './run/run-case.ts';
import { devicesNeeded } from './run/run-order.ts';
import { foreignHost } from './targets/allow-hosts.ts';
import { createStatesClient } from './targets/states-client.ts';
import type { Target } from './targets/target.ts';
import { openUrlTarget } from './targets/url.ts';

async function openTarget(): Promise<Target> {
  const { BINDGATE_URL: url, BINDGATE_STATES: states } = process.env;
  if (url === undefined) return openReferenceTarget();
  if (states === undefined) throw new Error('BINDGATE_URL is set and BINDGATE_STATES is not; set both');
  return openUrlTarget({ baseUrl: url }, createStatesClient({ operation, url: states }));
}

const target = await openTarget();
afterAll(() => target[Symbol.asyncDispose]());

const run = {
  target,
  dialect: defaultDialect,
  seed: Number(process.env['BINDGATE_SEED'] ?? 42),
  keys: { ...target.keys, foreignKeyPem: await foreignKeyPem() },
  showSecrets: false,
  signal: new AbortController().signal,
  pace: createPace(),
  runs: 25,
  needed: devicesNeeded(cases, 25),
};

const spared = foreignHost(target.url, [], 'robustness');

for (const tested of cases) {
  // What measures time wants nothing beside it: vitest runs these one by one, after the others.
  const define = tested.alone === true ? test : test.concurrent;
  define(`${tested.id}: ${tested.title}`, async (context) => {
    if (tested.strains === true && spared !== undefined) context.skip(spared);
    const { outcome, reason } = await runCase(tested, run);
    // A state that the server's team does not support is theirs to decide.
    if (outcome === 'skipped') context.skip(reason);
    if (outcome === 'failed' || outcome === 'error')
      throw new Error(`${ruleOf(tested.rule).claim} ${reason ?? outcome}`);
  });
}
