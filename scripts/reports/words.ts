import type { ChangeCluster } from '../../contract/baseline/compare-behaviour.ts';
import { baselineViolations } from '../../contract/baseline/judge-changes.ts';
import type { CaseRow, Results } from '../../contract/results.ts';
import type { Operation } from '../../spec/operation.ts';
import { plural } from '../../spec/plural.ts';

/** What views show for the code of a case whose fault has none in the document. */
export const noDocumentedCode = 'no documented code';

/** How a run ended: in a sentence, and in the capitals of a terminal. */
export type Ending = { readonly title: string; readonly loud: string };

const endings: Readonly<Record<Results['verdict']['exitCode'], Ending>> = {
  0: { title: 'contract kept', loud: 'contract kept' },
  1: { title: 'contract broken', loud: 'contract BROKEN' },
  3: { title: 'not decided', loud: 'contract NOT DECIDED' },
  130: { title: 'interrupted', loud: 'contract INTERRUPTED' },
};

/** How a run ended; a contract that is kept can fail for what has changed alone, or for its coverage alone. */
export function describeEnding({ verdict: { exitCode, reasons }, baseline, policy }: Results): Ending {
  const isAllOf = (known: readonly string[]): boolean =>
    exitCode === 1 && reasons.every((reason) => known.includes(reason));
  if (baseline !== undefined && isAllOf(baselineViolations(baseline))) {
    return { title: 'contract kept, server changed', loud: 'contract kept, server CHANGED' };
  }
  // A tolerance that has expired is a violation as well, and comes with a failed case, which is a reason of its own.
  if (isAllOf(policy?.violations ?? [])) return { title: 'contract not covered', loud: 'contract NOT COVERED' };
  return endings[exitCode];
}

/** The settings of a dialect: of a run, or as a result file has them. */
type Settings = Readonly<Record<string, unknown>>;

/** Those that are not the default. */
export function changedSettings(
  dialect: Settings,
  { settings }: Operation,
): readonly { readonly key: string; readonly value: string }[] {
  return Object.entries(settings)
    .filter(([key, setting]) => dialect[key] !== setting.default)
    .map(([key]) => ({ key, value: String(dialect[key]) }));
}

/** The same on one line: `successCode=0 refusalStatus=any`, or `default`. */
export function dialectText(dialect: Settings, operation: Operation): string {
  return (
    changedSettings(dialect, operation)
      .map(({ key, value }) => `${key}=${value}`)
      .join(' ') || 'default'
  );
}

/** The settings of a dialect as flags, ready to paste. */
export function dialectFlags(settings: Settings): readonly string[] {
  return Object.entries(settings).map(([key, value]) => `--dialect ${key}=${String(value)}`);
}

/** The command that runs one case again; `flags` lead to the very failure of a property. */
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

/** The first items of a list, and how many more there are. */
export function firstItems(items: readonly string[], most: number, more = ', and'): string {
  const left = items.length - most;
  return `${items.slice(0, most).join(', ')}${left > 0 ? `${more} ${left} more` : ''}`;
}

/** What came back, equal answers together: `HTTP 200, code 5361 ×2`. */
export function receivedTexts(received: CaseRow['received']): readonly string[] {
  const counts = new Map<string, number>();
  for (const { httpStatus, code } of received) {
    const answer =
      httpStatus === null ? 'no answer' : `HTTP ${httpStatus}, ${code === null ? 'no code' : `code ${code}`}`;
    counts.set(answer, (counts.get(answer) ?? 0) + 1);
  }
  return [...counts].map(([answer, count]) => (count === 1 ? answer : `${answer} ×${count}`));
}

/** How many changes of a kind: `3 cases, 2 pairs of faults`. */
export function countChangesText({ changes }: Pick<ChangeCluster, 'changes'>): string {
  const pairs = changes.filter(({ kind }) => kind === 'precedence').length;
  const cases = changes.length - pairs;
  return [
    ...(cases === 0 ? [] : [plural(cases, 'case')]),
    ...(pairs === 0 ? [] : [`${plural(pairs, 'pair')} of faults`]),
  ].join(', ');
}
