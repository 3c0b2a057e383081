/** Compares the reference server with servers that differ from it in one thing: only that may count as changed. */

import { beforeAll, describe, expect, test } from 'vitest';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { openInProcess } from '../mutants/in-process.ts';
import { cases, catalogueVersion } from '../pure-bt/cases/all-cases.ts';
import { precedenceCases } from '../pure-bt/cases/precedence.ts';
import type { Difference } from '../pure-bt/mutants/server.ts';
import { mutantSet } from '../pure-bt/mutants/set.ts';
import { suite } from '../pure-bt/suite.ts';
import { type Case, casesUnder } from '../run/case.ts';
import { runContract } from '../run/run-contract.ts';
import { changeAnswers } from '../testing/targets.ts';
import { type Behaviour, factKey, toBehaviour } from './behaviour.ts';
import { type BehaviourChanges, compareBehaviour } from './compare-behaviour.ts';
import { rerunAll, rerunChanged } from './observe.ts';

/** Half of the catalogue. The other half has the same faults in other places. */
const recorded = casesUnder(defaultDialect, cases).filter(
  (tested) => factKey(tested) !== undefined && !/^(trace|path\/(?!home))/.test(tested.id),
);
let reference: Behaviour;

beforeAll(async () => {
  reference = await observeServer({}, 1);
}, 60_000);

async function observeServer(server: Difference, seed: number): Promise<Behaviour> {
  await using target = await openInProcess(mutantSet, server);
  const facts = { name: `seed ${seed}`, catalogue: catalogueVersion, dialect: defaultDialect };
  const { results } = await runContract({
    target,
    dialect: defaultDialect,
    seed,
    cases: [...recorded, ...precedenceCases],
  });
  return toBehaviour(results, facts);
}

function findServer(id: string): Difference & { readonly killedBy?: readonly string[] } {
  const server = [...mutantSet.mutants, ...mutantSet.variants].find((known) => known.id === id);
  if (server === undefined) throw new Error(`no server has the id ${id}`);
  return server;
}

function listCauses({ clusters }: BehaviourChanges): readonly string[] {
  return clusters.map(({ cause }) => cause);
}

/** A server, the cases that may change and causes that must be found. The cases that kill a mutant must change. */
const differing: readonly (readonly [id: string, changed: RegExp, causes: readonly string[]])[] = [
  ['dk/33-characters', /\bdk[/-]too-long$/, ['code 5361 → 200']],
  ['home/fid-not-needed', /^home\/on-|home mode on$/, ['code 5636 → 200']],
  ['pwd/unchecked', /pwd/, ['code 5357 → 200', 'order of checks: pwd/malformed is no longer found']],
  ['code/5066-as-5067', /\bpk[/-](absent|empty|null)|robustness\/empty-object$/, ['code 5066 → 5067']],
  ['transport/chunked-refused', /^transport\/(chunked|two-chunks)/, ['HTTP 200 → 411; code 200 → 5000']],
  ['mode/multi-is-single', /multi|old|robustness\/encryptedOld/, ['code 200 → 5412']],
  [
    'signature/first-half',
    /signature|forged/,
    ['code 5420 → 200', 'order of checks: signature/middle-digit is no longer found'],
  ],
  // Conforming servers: the contract allows both behaviours, but a client may rely on one.
  ['shape/localised', /./, ['body: extMsg null → string']],
  ['code/siblings', /./, ['code 5420 → 5421', 'code 5213 → 5461', 'code 5357 → 5353']],
  [
    'order/token-late',
    /^token\/(missing|tampered-expiry) \+ /,
    ['order of checks: token/missing is found later', 'order of checks: token/tampered-expiry is found later'],
  ],
  [
    'order/signature-first',
    /signature\/middle-digit|^tamper\/pk$|^robustness\/(planted-header-|empty-object)/,
    ['order of checks: signature/middle-digit is found earlier'],
  ],
];

describe('compares with another server', { timeout: 60_000 }, () => {
  test.each(differing)('finds only the changed cases: %s', async (id, mayChange, causes) => {
    const server = findServer(id);
    const changes = compareBehaviour(reference, await observeServer(server, 2), suite);
    const changed = changes.clusters.flatMap((cluster) => cluster.changes.map((change) => change.id));
    expect(changed.filter((name) => !mayChange.test(name))).toEqual([]);
    expect(changed).toEqual(expect.arrayContaining([...(server.killedBy ?? [])]));
    expect(listCauses(changes)).toEqual(expect.arrayContaining([...causes]));
    expect(changes).toMatchObject({ added: [], gone: [], notRun: [], unsteady: [] });
  });

  test('does not call a server without a state changed', async () => {
    const { clusters, notRun } = compareBehaviour(
      reference,
      await observeServer(findServer('platform/no-homes'), 2),
      suite,
    );
    expect(clusters).toEqual([]);
    expect(notRun.length).toBeGreaterThan(50);
    expect(notRun.every(({ reason }) => reason.includes('is not supported'))).toBe(true);
  });

  test('finds no change with another seed', async () => {
    const changes = compareBehaviour(reference, await observeServer({}, 3), suite);
    expect(changes).toMatchObject({ clusters: [], added: [], gone: [], notRun: [], unsteady: [] });
    expect(changes.compared).toBe(reference.facts.size);
  });
});

describe('results that vary between runs', () => {
  const few = recorded.filter(({ id }) => /^(bind|signature|dk)\//.test(id));

  test('are recorded and are not a change', async () => {
    await using target = await openInProcess(mutantSet);
    // A fixed generator, so that the test does not vary.
    let state = 42;
    const random = (): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    // It answers signature faults randomly with one of two codes.
    const varying = changeAnswers(target, ({ body }) => {
      if (random() < 0.5) return {};
      return { body: Buffer.from(new TextDecoder().decode(body).replace('"code":5420', '"code":5421')) };
    });
    const options = { target: varying, dialect: defaultDialect, concurrency: 1 };
    let seed = 0;
    const run = async (chosen: readonly Case[]) => {
      seed += 1;
      return (await runContract({ ...options, cases: chosen, seed })).results;
    };
    const facts = { name: 'varying', catalogue: catalogueVersion, dialect: defaultDialect };
    const once = toBehaviour(await run(few), facts);
    const again = toBehaviour(await run(few), facts);
    // Without repeats, half of them seem to have changed.
    expect(listCauses(compareBehaviour(once, again, suite))).toContain('code 5420 → 5421');
    const before = await rerunAll(once, few, run, suite);
    const after = await rerunChanged(before, again, run, suite);
    const { clusters, unsteady } = compareBehaviour(before, after, suite);
    expect(clusters).toEqual([]);
    expect(unsteady.every(({ id }) => id.startsWith('signature/'))).toBe(true);
  });

  test('do not hide a lasting change, which is repeated', async () => {
    await using target = await openInProcess(mutantSet, findServer('dk/33-characters'));
    const run = async (chosen: readonly Case[]) => {
      return (await runContract({ target, dialect: defaultDialect, seed: 9, cases: chosen })).results;
    };
    const repeats: number[] = [];
    const facts = { name: 'now', catalogue: catalogueVersion, dialect: defaultDialect };
    const before = { ...reference, facts: new Map([...reference.facts].filter(([key]) => key.startsWith('case dk/'))) };
    const dk = few.filter(({ id }) => /^dk\//.test(id));
    const after = await rerunChanged(
      before,
      toBehaviour(await run(dk), facts),
      async (chosen, round) => {
        repeats.push(round, chosen.length);
        return run(chosen);
      },
      suite,
    );
    expect(listCauses(compareBehaviour(before, after, suite))).toEqual(['code 5361 → 200']);
    // One case, four times.
    expect(repeats).toEqual([1, 1, 2, 1, 3, 1, 4, 1]);
  });
});
