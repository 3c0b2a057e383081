import { countChanges } from '../../contract/baseline/compare-behaviour.ts';
import { runContract } from '../../contract/run/run-contract.ts';
import { skippedBecause } from '../../contract/run/skipped.ts';
import { loadExitCode } from '../../load/results.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import { makeDefaultDialect } from '../../spec/dialect.ts';
import { openTarget } from '../config/open-target.ts';
import { load, readProfile } from '../load.ts';
import { contractText } from '../reports/contract-text.ts';
import { loadText } from '../reports/load-text.ts';
import { checkContract, checkPageFile } from '../spec-check.ts';
import type { VerifyTarget } from './verify-target.ts';
import { verifyTarget } from './verify-target.ts';

/** What every station is given. */
export type GateContext = VerifyTarget & {
  /** The vendor's page. */
  readonly document: string | undefined;
};

/** One station of the gate. */
export type GateStep = {
  readonly name: string;
  /** It sends requests to the server under test. */
  readonly needsTarget?: true;
  readonly run: (context: GateContext) => Promise<GateStepResult>;
};

/** How a station ended; the summary is one line. */
export type GateStepResult = { readonly exitCode: number; readonly summary: string };

/** The contract's own text, and against the vendor's page where one is given. */
async function spec({ chosen, terminal, document }: GateContext): Promise<GateStepResult> {
  const contract = await checkContract(chosen);
  const page = document === undefined ? undefined : await checkPageFile(document, chosen);
  const lines = [...contract.lines, ...(page?.lines ?? [])];
  for (const line of lines) terminal.out(line);
  for (const note of page?.notes ?? []) terminal.note(note);
  const summary = [contract.summary, ...(page === undefined ? [] : [page.summary])].join('; ');
  return { exitCode: lines.length === 0 ? 0 : 1, summary };
}

/** The contract's examples as a client meets them: every documented code through Prism and its front. */
async function mock({ chosen, settings, signal, terminal }: GateContext): Promise<GateStepResult> {
  const { mockCases: cases, operation } = settings.suite;
  const { openPrismTarget } = await chosen.prism();
  await using target = await openPrismTarget();
  const dialect = makeDefaultDialect(operation);
  const run = await runContract({ target, cases, dialect, seed: settings.seed, signal });
  const wrong = run.results.filter(({ outcome }) => outcome !== 'passed');
  for (const { case: tested, reason } of wrong) terminal.out(`mock  ${tested.id}: ${reason ?? 'did not pass'}`);
  return wrong.length === 0
    ? { exitCode: 0, summary: `${run.results.length} examples and faults answered with the document's codes` }
    : { exitCode: run.interrupted ? 130 : 1, summary: `${wrong.length} of ${run.results.length} answered wrongly` };
}

/** The contract on the target: every case, all documented codes. */
async function contract(context: GateContext): Promise<GateStepResult> {
  const { settings, terminal } = context;
  const { results } = await verifyTarget(context);
  terminal.out(contractText(results, settings.suite, terminal.style));
  const covered = results.codes.filter(({ status }) => status === 'covered').length;
  const { passed, failed, skipped, errors } = results.summary;
  const left = skipped === 0 ? '' : `, ${skipped} skipped: ${skippedBecause(results.cases)}`;
  const changed =
    results.baseline === undefined ? '' : `, ${countChanges(results.baseline)} changed since the baseline`;
  return {
    exitCode: results.verdict.exitCode,
    summary: `${covered} of ${results.codes.length} codes covered, ${passed} passed, ${failed} failed, ${errors} errors${left}${changed}`,
  };
}

/** A short load of correct requests: does the signed path hold when requests come at a rate? */
async function smoke({ chosen, flags, loaded, settings, terminal, signal }: GateContext): Promise<GateStepResult> {
  await using target = await openTarget(flags, loaded, chosen, signal, terminal);
  const { dialect, out } = settings;
  const loadSettings = { chosen, config: loaded.config, dialect, out, ...definedOnly({ header: flags.header }) };
  const results = await load(target, readProfile('smoke'), loadSettings, terminal, signal);
  terminal.out('');
  terminal.out(loadText(results, terminal.style));
  const { p50, p99 } = results.latency;
  const summary = results.valid
    ? `${results.requests} requests at ${results.ratePerSecond}/s, p50 ${p50} ms, p99 ${p99} ms`
    : `not valid: ${results.reasons.join('; ')}`;
  return { exitCode: loadExitCode(results), summary };
}

/** The stations of the gate, in order. A further one is a function and a row. */
export const gateSteps: readonly GateStep[] = [
  { name: 'spec', run: spec },
  { name: 'mock', run: mock },
  { name: 'contract', needsTarget: true, run: contract },
  { name: 'load', needsTarget: true, run: smoke },
];
