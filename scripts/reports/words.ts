import type { BehaviourChanges, ChangeCluster } from '../../contract/baseline/compare-behaviour.ts';
import { firstDifference } from '../../contract/baseline/difference.ts';
import { baselineViolations } from '../../contract/baseline/judge-changes.ts';
import type { CaseRow, Results } from '../../contract/results.ts';
import type { Operation } from '../../spec/operation.ts';
import { plural } from '../../spec/plural.ts';

/** What a comparison of times found, and what it could have seen; undefined for any other case. */
export function timesText({ timing }: Pick<CaseRow, 'timing'>): string | undefined {
  if (timing === undefined) return undefined;
  const { pairs, effectMs, fromMs, toMs, visibleMs, limitMs } = timing;
  return `a difference of ${effectMs} ms (from ${fromMs} to ${toMs} ms) in ${pairs} pairs; the run could see ${visibleMs} ms and looked for ${limitMs} ms`;
}

/** The text for a case with a fault that has no code in the document. */
export const noDocumentedCode = 'no documented code';

/** The result of a run: for a sentence, and with capitals for a terminal. */
const endings = {
  0: { title: 'contract passed', loud: 'contract passed' },
  1: { title: 'contract failed', loud: 'contract FAILED' },
  3: { title: 'not decided', loud: 'contract NOT DECIDED' },
  130: { title: 'interrupted', loud: 'contract INTERRUPTED' },
} as const;

/** The result of a run. A passed contract can still fail the run because of changes or coverage. */
export function describeEnding({ verdict: { exitCode, reasons }, baseline, policy }: Results): {
  readonly title: string;
  readonly loud: string;
} {
  const isAllOf = (known: readonly string[]): boolean =>
    exitCode === 1 && reasons.every((reason) => known.includes(reason));
  if (baseline !== undefined && isAllOf(baselineViolations(baseline))) {
    return { title: 'contract passed, server changed', loud: 'contract passed, server CHANGED' };
  }
  // An expired tolerance is a violation too, but it comes with a failed case, which is a separate reason.
  if (isAllOf(policy?.violations ?? [])) return { title: 'contract not covered', loud: 'contract NOT COVERED' };
  return endings[exitCode];
}

/** The command that runs one case again; `flags` select the exact failure of a property. */
export function replayCommand(
  { id, replay }: Pick<CaseRow, 'id' | 'replay'>,
  run: Pick<Results, 'replay' | 'seed'>,
): string {
  return `${run.replay ?? 'bindgate verify'} --only ${id} --seed ${run.seed}${replay === undefined ? '' : ` ${replay}`}`;
}

/** Seconds with two places: `9.45 s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

/** A duration with the digits that it needs: `4.3 ms`, `215 ms`, `9.45 s`. */
export function durationText(ms: number): string {
  if (ms >= 1000) return seconds(ms);
  return `${ms >= 100 ? Math.round(ms) : ms.toFixed(1)} ms`;
}

/** A date as text in UTC: `2026-11-24 21:12:09 UTC`; unchanged if it is not a date. */
export function dateText(iso: string): string {
  const moment = new Date(iso);
  return Number.isNaN(moment.getTime()) ? iso : `${moment.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** The answers, equal ones together: `HTTP 200, code 5361 ×2`. */
export function receivedTexts(received: CaseRow['received']): readonly string[] {
  const answers = received.map(({ httpStatus, code }) =>
    httpStatus === null ? 'no answer' : `HTTP ${httpStatus}, ${code === null ? 'no code' : `code ${code}`}`,
  );
  return [...Map.groupBy(answers, (answer) => answer)].map(([answer, { length }]) =>
    length === 1 ? answer : `${answer} ×${length}`,
  );
}

/** The ids of cases or facts. */
export function listIds(rows: readonly { readonly id: string }[]): readonly string[] {
  return rows.map(({ id }) => id);
}

/** The number of changes of each kind: `3 cases, 2 pairs of faults`. */
export function countChangesText({ changes }: Pick<ChangeCluster, 'changes'>): string {
  const pairs = changes.filter(({ kind }) => kind === 'precedence').length;
  const cases = changes.length - pairs;
  return [
    ...(cases === 0 ? [] : [plural(cases, 'case')]),
    ...(pairs === 0 ? [] : [`${plural(pairs, 'pair')} of faults`]),
  ].join(', ');
}

/** Before and now of the first change of a cause, each from the first difference on. */
export function firstChange({
  changes: [first],
}: Pick<ChangeCluster, 'changes'>): readonly [before: string, now: string] {
  return firstDifference(first?.before ?? '', first?.after ?? '');
}

/** The facts that only this run has. */
export function newText({ before, after }: Pick<BehaviourChanges, 'before' | 'after'>): string {
  return before.catalogue < after.catalogue ? `new in catalogue ${after.catalogue}` : 'not in the baseline';
}

/** The facts that only the baseline has. Cases of a newer bindgate are not gone: this version does not know them. */
export function goneText({ before, after }: Pick<BehaviourChanges, 'before' | 'after'>): string {
  return before.catalogue > after.catalogue ? `not yet in catalogue ${after.catalogue}` : 'gone';
}

/** The settings that differ from the default. */
export function changedSettings(
  dialect: Readonly<Record<string, unknown>>,
  { settings }: Operation,
): readonly { readonly key: string; readonly value: string }[] {
  return Object.entries(settings)
    .filter(([key, setting]) => dialect[key] !== setting.default)
    .map(([key]) => ({ key, value: String(dialect[key]) }));
}

/** The same on one line: `successCode=0 refusalStatus=any`, or `default`. */
export function dialectText(dialect: Readonly<Record<string, unknown>>, operation: Operation): string {
  return (
    changedSettings(dialect, operation)
      .map(({ key, value }) => `${key}=${value}`)
      .join(' ') || 'default'
  );
}

/** The settings of a dialect as flags, ready to paste. */
export function dialectFlags(settings: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(settings).map(([key, value]) => `--dialect ${key}=${String(value)}`);
}
