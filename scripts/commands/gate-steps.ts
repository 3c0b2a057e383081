import { countChanges } from '../../contract/baseline/compare-behaviour.ts';
import { skippedBecause } from '../../contract/judge/verdict.ts';
import { prefixed } from '../../contract/merge-results.ts';
import { casesUnder } from '../../contract/run/case.ts';
import { runContract } from '../../contract/run/run-contract.ts';
import { readProfile } from '../../load/profiles.ts';
import { loadExitCode } from '../../load/results.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import { makeDefaultDialect } from '../../spec/dialect.ts';
import { openTarget } from '../config/open-target.ts';
import { load } from '../load.ts';
import { loadText } from '../reports/load-text.ts';
import { type CheckedText, checkContract, checkPageFile } from '../spec-check.ts';
import { runText, type VerifyTarget, verifyTarget } from './verify-target.ts';

/** One step of the gate. */
export type GateStep = {
  readonly name: string;
  /** Whether it sends requests to the server under test. */
  readonly needsTarget?: true;
  /** Resolves to how it ended; the summary is one line. */
  readonly run: (context: VerifyTarget) => Promise<{ readonly exitCode: number; readonly summary: string }>;
};

/** Checks openapi.yaml of each operation, and compares the first with the vendor's page if one is given. */
const spec: GateStep['run'] = async ({ runs, terminal }) => {
  const ended: (CheckedText & { readonly notes?: readonly string[] })[] = [];
  for (const [at, { chosen, loaded }] of runs.entries()) {
    const { document } = loaded.config;
    ended.push(await checkContract(chosen));
    if (document !== undefined && at === 0) ended.push(await checkPageFile(document, chosen));
  }
  const lines = ended.flatMap((checked) => checked.lines);
  for (const line of lines) terminal.out(line);
  for (const checked of ended) for (const note of checked.notes ?? []) terminal.note(note);
  return { exitCode: lines.length === 0 ? 0 : 1, summary: ended.map(({ summary }) => summary).join('; ') };
};

/** Checks the mock of each operation: every documented code through Prism and its front. */
const mock: GateStep['run'] = async ({ runs, signal, terminal }) => {
  let [count, wrong, interrupted] = [0, 0, false];
  for (const { chosen, settings, prefix } of runs) {
    const { mockCases, operation } = settings.suite;
    const { openPrismTarget } = await chosen.mock();
    await using target = await openPrismTarget();
    const dialect = makeDefaultDialect(operation);
    const cases = prefix === undefined ? mockCases : casesUnder(dialect, mockCases);
    const run = await runContract({ target, cases, dialect, seed: settings.seed, signal });
    const bad = run.results.filter(({ outcome }) => outcome !== 'passed');
    for (const { case: tested, reason } of bad) {
      const id = prefix === undefined ? tested.id : prefixed(prefix, tested.id);
      terminal.out(`mock  ${id}: ${reason ?? 'did not pass'}`);
    }
    count += run.results.length;
    wrong += bad.length;
    interrupted ||= run.interrupted;
  }
  return wrong === 0
    ? { exitCode: 0, summary: `${count} examples and faults answered with the documented codes` }
    : { exitCode: interrupted ? 130 : 1, summary: `${wrong} of ${count} answered wrongly` };
};

/** Verifies the target: every case, all documented codes. */
const contract: GateStep['run'] = async (context) => {
  const { terminal } = context;
  const verified = await verifyTarget(context);
  const { results } = verified;
  terminal.out(await runText(verified, terminal.style));
  const covered = results.codes.filter(({ status }) => status === 'covered').length;
  const { passed, failed, skipped, errors } = results.summary;
  const left = skipped === 0 ? '' : `, ${skipped} skipped: ${skippedBecause(results.cases)}`;
  const changed =
    results.baseline === undefined ? '' : `, ${countChanges(results.baseline)} changed since the baseline`;
  return {
    exitCode: results.verdict.exitCode,
    summary: `${covered} of ${results.codes.length} codes covered, ${passed} passed, ${failed} failed, ${errors} errors${left}${changed}`,
  };
};

/** A short load of correct requests of the first operation: does signing work under load? */
const smoke: GateStep['run'] = async ({ runs, flags, terminal, signal }) => {
  const [{ chosen, loaded, settings }] = runs;
  await using target = await openTarget(flags, loaded, chosen, signal, terminal);
  const { dialect, out } = settings;
  const loadSettings = { chosen, config: loaded.config, dialect, out, flags: definedOnly({ header: flags.header }) };
  const results = await load(target, readProfile('smoke'), loadSettings, terminal, signal);
  terminal.out('');
  terminal.out(loadText(results, terminal.style));
  const { p50, p99 } = results.latency;
  const summary = results.valid
    ? `${results.requests} requests at ${results.ratePerSecond}/s, p50 ${p50} ms, p99 ${p99} ms`
    : `not valid: ${results.reasons.join('; ')}`;
  return { exitCode: loadExitCode(results), summary };
};

/** The steps of the gate, in order. A new step is a function and a row. */
export const gateSteps: readonly GateStep[] = [
  { name: 'spec', run: spec },
  { name: 'mock', run: mock },
  { name: 'contract', needsTarget: true, run: contract },
  { name: 'load', needsTarget: true, run: smoke },
];
