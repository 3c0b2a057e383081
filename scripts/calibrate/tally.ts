import type { Decision } from '../../load/compare/decide.ts';
import { metricNames } from '../../load/compare/results.ts';

/** How the runs of one condition ended: a row of a table, by the heads of its columns. */
export type Tally = Readonly<Record<string, string | number>>;

/** Counts the verdicts of comparisons, and the metrics that failed. */
export function countDecisions(condition: string, decisions: readonly Omit<Decision, 'reasons'>[]): Tally {
  const count = (test: (decision: Omit<Decision, 'reasons'>) => boolean): number => decisions.filter(test).length;
  return {
    'A against': condition,
    comparisons: decisions.length,
    FAIL: count(({ verdict }) => verdict === 'FAIL'),
    PASS: count(({ verdict }) => verdict === 'PASS'),
    INCONCLUSIVE: count(({ verdict, valid }) => valid && verdict === 'INCONCLUSIVE'),
    'not valid': count(({ valid }) => !valid),
    ...Object.fromEntries(
      metricNames.map((failed) => [
        `FAIL by ${failed}`,
        count(({ metrics }) => metrics.some(({ name, verdict }) => name === failed && verdict === 'FAIL')),
      ]),
    ),
  };
}

/** Tallies as a Markdown table. */
export function tallyTable(tallies: readonly Tally[]): string {
  const head = Object.keys(tallies[0] ?? {});
  const rows = [head, head.map(() => '---'), ...tallies.map((tally) => Object.values(tally))];
  return rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
}
