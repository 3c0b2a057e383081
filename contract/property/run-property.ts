import type { Case, Property } from '../run/case.ts';
import type { Attempt, CaseResult, CaseRun } from '../run/outcome.ts';

/** A time limit for shrinking: a server that hangs could delay it for an hour. */
const shrinkingMs = 20_000;

/**
 * Runs a property with arbitrary requests, each with its own state, and shrinks the first failing one.
 * The result has the smallest failing request and the flags that repeat it.
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
  // After an unsupported state, an interruption or an error of the target, no more requests are sent.
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
      'this path no longer fails: the bug may be fixed, or the path is from another seed, version or server';
    return { outcome: 'warned', reason, cause: 'nothing to replay', case: tested, attempts, durationMs };
  }
  return { ...(ended ?? warned ?? { outcome: 'passed' }), case: tested, attempts, durationMs };
}
