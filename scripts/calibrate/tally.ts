import type { Decision } from '../../load/compare/decide.ts';
import { metricNames } from '../../load/compare/settings.ts';

/** How many comparisons of one condition ended how. */
export type Tally = {
  readonly condition: string;
  readonly comparisons: number;
  readonly FAIL: number;
  readonly PASS: number;
  readonly INCONCLUSIVE: number;
  readonly notValid: number;
  /** By metric: in how many it failed. */
  readonly failed: Readonly<Record<string, number>>;
};

/** Counts how comparisons ended. */
export function countDecisions(condition: string, decisions: readonly Omit<Decision, 'reasons'>[]): Tally {
  const count = (test: (decision: Omit<Decision, 'reasons'>) => boolean): number => decisions.filter(test).length;
  const failed = metricNames.map((name) => [
    name,
    count(({ metrics }) => metrics.some((metric) => metric.name === name && metric.verdict === 'FAIL')),
  ]);
  return {
    condition,
    comparisons: decisions.length,
    FAIL: count(({ verdict }) => verdict === 'FAIL'),
    PASS: count(({ verdict }) => verdict === 'PASS'),
    INCONCLUSIVE: count(({ verdict, valid }) => valid && verdict === 'INCONCLUSIVE'),
    notValid: count(({ valid }) => !valid),
    failed: Object.fromEntries(failed),
  };
}

/** Tallies as a Markdown table. */
export function tallyTable(tallies: readonly Tally[]): string {
  const columns = ['FAIL', 'PASS', 'INCONCLUSIVE', 'notValid'] as const;
  const head = [
    'A against',
    'comparisons',
    'FAIL',
    'PASS',
    'INCONCLUSIVE',
    'not valid',
    ...metricNames.map((name) => `FAIL by ${name}`),
  ];
  const rows = tallies.map((tally) => [
    tally.condition,
    tally.comparisons,
    ...columns.map((column) => tally[column]),
    ...metricNames.map((name) => tally.failed[name] ?? 0),
  ]);
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
