import { isChangedAlone } from '../../../contract/baseline/judge-changes.ts';
import type { Outcome } from '../../../contract/outcome.ts';
import type { Results } from '../../../contract/results.ts';
import type { Report } from '../report.ts';
import { lookOfExit } from './icons.ts';

/** What a report says first. */
export type Headline = { readonly look: Outcome; readonly title: string; readonly reasons: readonly string[] };

const ofContract: Readonly<Record<number, string>> = {
  0: 'Contract kept',
  1: 'Contract broken',
  3: 'Not decided',
  130: 'Interrupted',
};

/** The verdict of the gate, or of the contract where it ran alone. */
export function headlineOf({ gate, results, load }: Report): Headline {
  if (gate !== undefined) {
    const closed = gate.exitCode === 130 ? 'Interrupted' : 'Gate closed';
    const kept = gate.stations.length === 1 ? '1 station passed' : `all ${gate.stations.length} stations passed`;
    const reasons = gate.stations
      .filter(({ exitCode }) => exitCode !== 0)
      .map(({ name, summary }) => `${name}: ${summary}`);
    return gate.exitCode === 0
      ? { look: 'passed', title: 'Gate passed', reasons: [kept] }
      : { look: lookOfExit(gate.exitCode), title: closed, reasons };
  }
  if (results !== undefined) return headlineOfResults(results);
  const valid = load?.valid === true;
  return {
    look: valid ? 'passed' : 'error',
    title: valid ? 'Load measured' : 'Nothing measured',
    reasons: load?.reasons ?? [],
  };
}

function headlineOfResults(results: Results): Headline {
  const { exitCode, reasons } = results.verdict;
  const { passed, warned, skipped } = results.summary;
  const ran = passed + warned;
  const kept = `${ran === 1 ? 'the one case that ran' : `all ${ran} cases that ran`} found what the contract says`;
  return {
    look: lookOfExit(exitCode),
    title: isChangedAlone(results) ? 'Contract kept, server changed' : (ofContract[exitCode] ?? 'Not decided'),
    reasons: exitCode === 0 ? [warned > 0 || skipped > 0 ? 'nothing failed' : kept] : reasons,
  };
}
