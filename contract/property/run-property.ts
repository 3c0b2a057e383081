import type { Case, Property } from '../run/case.ts';
import type { Attempt, CaseResult, CaseRun } from '../run/outcome.ts';

/** Shrinking ends by then: a server that hangs would otherwise hold it for an hour. */
const shrinkingMs = 20_000;

/**
 * Tries a property with arbitrary requests, each in a state of its own, and shrinks the first that fails.
 * The result shows the smallest failing request, and the flags that lead straight to it.
 */
export async function runProperty(
  tested: Case,
  property: Property,
  run: CaseRun,
  runCase: (tested: Case, run: CaseRun) => Promise<CaseResult>,
): Promise<CaseResult> {
  const started = performance.now();
  const check = await import('fast-check');
  const { property: _, ...facts } = tested;
  const attempts: Attempt[] = [];
  let failed: CaseResult | undefined;
  let warned: CaseResult | undefined;
  // A state that is not supported, an interruption or a target that broke: nothing more can be learnt.
  let ended: CaseResult | undefined;

  const law = check.asyncProperty(property.samples(check), async (sample) => {
    if (ended !== undefined) return;
    const result = await runCase({ ...facts, steps: [sample] }, run);
    if (result.outcome === 'failed') {
      failed = result;
      throw new Error(result.reason);
    }
    if (result.outcome === 'skipped' || result.outcome === 'error') ended = result;
    if (result.outcome === 'warned') warned ??= result;
    attempts.push(...result.attempts);
  });
  const details = await check.check(law, {
    // fast-check's seeds are 32-bit integers with a sign.
    seed: run.seed | 0,
    numRuns: run.runs,
    interruptAfterTimeLimit: shrinkingMs + run.runs * 1_000,
    ...(run.path === undefined ? {} : { path: run.path, endOnFailure: true }),
  });

  const durationMs = performance.now() - started;
  if (failed !== undefined) {
    const path = details.counterexamplePath ?? '';
    const after = `after ${details.numRuns} of ${run.runs} requests, shrunk ${details.numShrinks} times`;
    return {
      ...failed,
      case: tested,
      reason: `${failed.reason ?? ''} (${after})`,
      ...(path === '' ? {} : { replay: `--path ${path}` }),
      attempts: [...attempts, ...failed.attempts],
      durationMs,
    };
  }
  if (run.path !== undefined && ended === undefined && warned === undefined) {
    const reason =
      'the path leads to no failing request: it is mended, or the path is of another seed, version or server';
    return { outcome: 'warned', reason, cause: 'nothing to replay', case: tested, attempts, durationMs };
  }
  return { ...(ended ?? warned ?? { outcome: 'passed' }), case: tested, attempts, durationMs };
}
