import { mockCases } from '../../contract/pure-bt/cases/examples.ts';
import { runContract } from '../../contract/run/run.ts';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import type { Station } from './gate.ts';

/** The contract's examples as a client meets them: every documented code through Prism and its front. */
export const mockStation: Station = {
  name: 'mock',
  run: async ({ settings, signal, terminal }) => {
    const { openPrismTarget } = await import('../../contract/pure-bt/targets/prism.ts');
    await using target = await openPrismTarget();
    const run = await runContract({ target, cases: mockCases, dialect: defaultDialect, seed: settings.seed, signal });
    const wrong = run.results.filter(({ outcome }) => outcome !== 'passed');
    for (const { case: tested, reason } of wrong) terminal.out(`mock  ${tested.id}: ${reason ?? 'did not pass'}`);
    return wrong.length === 0
      ? { exitCode: 0, summary: `${run.results.length} examples and faults answered with the document's codes` }
      : { exitCode: run.interrupted ? 130 : 1, summary: `${wrong.length} of ${run.results.length} answered wrongly` };
  },
};
