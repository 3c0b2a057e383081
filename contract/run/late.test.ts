import { expect, test } from 'vitest';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { cases } from '../pure-bt/cases/all-cases.ts';
import { openReferenceTarget } from '../pure-bt/targets/reference.ts';
import type { Target } from '../targets/target.ts';
import { runContract } from './run-contract.ts';

/** Runs the case of a long name against a target that reports its first `late` answers as late. */
async function outcomeWith(late: number): Promise<{ outcome: string | undefined; cause: string | undefined }> {
  await using target = await openReferenceTarget();
  let left = late;
  const watched: Target = {
    ...target,
    send: async (request, signal) => {
      const exchange = await target.send(request, signal);
      const isLong = request.body instanceof Uint8Array && request.body.length > 50_000;
      if (exchange.kind !== 'answer' || !isLong || left === 0) return exchange;
      left -= 1;
      return { ...exchange, response: { ...exchange.response, durationMs: 60_000 } };
    },
  };
  const tested = cases.filter(({ id }) => id === 'robustness/long-name');
  const { results } = await runContract({ target: watched, cases: tested, dialect: defaultDialect, seed: 1 });
  return { outcome: results[0]?.outcome, cause: results[0]?.cause };
}

test.each([
  ['in time', 0, { outcome: 'passed', cause: undefined }],
  ['late twice', 2, { outcome: 'passed', cause: undefined }],
  ['late each time', Number.POSITIVE_INFINITY, { outcome: 'failed', cause: 'the answer took too long' }],
])('judges an answer that is %s', async (_, late, want) => {
  expect(await outcomeWith(late)).toEqual(want);
});
