import type { MutantSet } from '../../contract/mutants/mutant.ts';
import { serverNamed } from '../../contract/mutants/named.ts';
import type { CaseResult } from '../../contract/run/outcome.ts';
import { runContract } from '../../contract/run/run-contract.ts';
import { createStatesClient } from '../../contract/targets/states-client.ts';
import { openUrlTarget } from '../../contract/targets/url.ts';
import { noises, simulateComparison } from '../../contract/testing/simulated-times.ts';
import type { KnownOperation } from '../operations.ts';
import type { Tally } from './tally.ts';

/** The broken servers with a delay of 0.5 ms in one place. */
const planted: Readonly<Record<string, string>> = {
  padding: 'oracle/new-secret-by-time',
  content: 'timing/content',
  'signature prefix': 'timing/signature-prefix',
  'dk look-up': 'timing/dk',
};

/** Compares times on simulated servers, without and with a delay of 0.5 ms. */
export function simulateTimings(runs: number): readonly Tally[] {
  return Object.entries(noises).flatMap(([name, noise]) =>
    [0, 0.5].map((delayMs) => {
      const verdicts = Array.from({ length: runs }, (_, seed) => simulateComparison(noise, seed, delayMs));
      return tally(`simulated ${name}, ${delayMs} ms`, verdicts);
    }),
  );
}

/**
 * Runs the timing cases against the embedded server over HTTP: the honest one against all, and each broken one against the
 * case that names it. The conditions take turns, so that a change of the machine's load meets all of them.
 */
export async function runTimings(
  chosen: KnownOperation,
  ofEach: number,
  signal: AbortSignal,
  say: (text: string) => void = () => undefined,
): Promise<readonly Tally[]> {
  const { mutantSet } = await chosen.mutants();
  const timed = mutantSet.cases.filter(({ steps }) => steps.some((step) => 'timed' in step));
  const conditions = [
    { name: 'honest', id: undefined, cases: timed },
    ...Object.entries(planted).map(([name, id]) => ({ name: `0.5 ms in ${name}`, id, cases: casesOf(id, mutantSet) })),
  ];
  const results = new Map(conditions.map(({ name }) => [name, [] as CaseResult[]]));
  for (let round = 0; round < ofEach && !signal.aborted; round += 1) {
    for (const { name, id, cases } of conditions) {
      const ended = await runOnce(chosen, id, { cases, dialect: mutantSet.defaultDialect, seed: round, signal });
      results.get(name)?.push(...ended);
    }
    if ((round + 1) % 10 === 0) say(`${round + 1} of ${ofEach} runs of each`);
  }
  return conditions.map(({ name, cases }) => {
    const ended = results.get(name) ?? [];
    const verdicts = ended.map(({ outcome, timing }) => ({
      kind: kinds[outcome] ?? outcome,
      pairs: timing?.pairs ?? 0,
    }));
    return tally(cases.length === 1 ? name : `${name}, ${cases.length} cases a run`, verdicts);
  });
}

const kinds: Readonly<Record<string, string>> = { failed: 'different', passed: 'same', skipped: 'not-decided' };

function casesOf(id: string, { mutants, cases }: MutantSet): MutantSet['cases'] {
  const mutant = mutants.find((known) => known.id === id);
  if (mutant === undefined) throw new Error(`there is no mutant ${id}`);
  return cases.filter((tested) => mutant.killedBy.includes(tested.id));
}

async function runOnce(
  chosen: KnownOperation,
  id: string | undefined,
  run: Omit<Parameters<typeof runContract>[0], 'target'>,
): Promise<readonly CaseResult[]> {
  const { startReference } = await chosen.reference();
  const { operation } = await chosen.operation();
  const mutant = id === undefined ? undefined : serverNamed((await chosen.mutants()).mutantSet, id);
  await using server = await startReference({ port: 0, ...mutant });
  await using target = openUrlTarget({ baseUrl: server.url }, createStatesClient({ url: server.statesUrl, operation }));
  return (await runContract({ ...run, target })).results;
}

function tally(condition: string, verdicts: readonly { readonly kind: string; readonly pairs: number }[]): Tally {
  const count = (kind: string): number => verdicts.filter((verdict) => verdict.kind === kind).length;
  const [found, excluded, notDecided] = [count('different'), count('same'), count('not-decided')];
  const runs = verdicts.length;
  return {
    comparisons: condition,
    runs,
    found,
    excluded,
    'not decided': notDecided,
    /** The runs that ended in another way, such as an interruption. */
    other: runs - found - excluded - notDecided,
    /** Pairs of a comparison, on average. */
    pairs: Math.round(verdicts.reduce((sum, verdict) => sum + verdict.pairs, 0) / Math.max(1, runs)),
  };
}
