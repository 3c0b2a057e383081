import { isChangedAlone } from '../../../contract/baseline/judge-changes.ts';
import { lacksCoverageAlone } from '../../../contract/judge/policy.ts';
import type { Results } from '../../../contract/results.ts';
import type { Outcome } from '../../../contract/run/outcome.ts';
import type { LoadResults } from '../../../load/results.ts';
import { loadExitCode } from '../../../load/results.ts';
import type { GateResults } from '../../gate/results.ts';
import type { Report } from '../report.ts';
import { lookOfExit } from './icons.ts';
import { lookOfVerdict } from './load/compare.ts';
import { endOfLoad } from './load/section.ts';

/** What a report says first. */
export type Headline = { readonly look: Outcome; readonly title: string; readonly reasons: readonly string[] };

const ofContract: Readonly<Record<number, string>> = {
  0: 'Contract kept',
  1: 'Contract broken',
  3: 'Not decided',
  130: 'Interrupted',
};

/** The verdict of the gate, or of the contract, the load or the comparison where it ran alone. */
export function headlineOf({ gate, results, load, compare }: Report): Headline {
  if (gate !== undefined) return ofGate(gate);
  if (results !== undefined) return ofResults(results);
  if (load !== undefined) return ofLoad(load);
  if (compare === undefined) return { look: 'error', title: 'Nothing measured', reasons: [] };
  const { verdict, reasons } = compare;
  return { look: lookOfVerdict[verdict], title: `Comparison: ${verdict}`, reasons };
}

function ofGate({ exitCode, stations }: GateResults): Headline {
  const closed = exitCode === 130 ? 'Interrupted' : 'Gate closed';
  const kept = stations.length === 1 ? '1 station passed' : `all ${stations.length} stations passed`;
  const reasons = stations
    .filter((station) => station.exitCode !== 0)
    .map(({ name, summary }) => `${name}: ${summary}`);
  return exitCode === 0
    ? { look: 'passed', title: 'Gate passed', reasons: [kept] }
    : { look: lookOfExit(exitCode), title: closed, reasons };
}

function ofResults(results: Results): Headline {
  const { exitCode, reasons } = results.verdict;
  const { passed, warned, skipped } = results.summary;
  const ran = passed + warned;
  const kept = `${ran === 1 ? 'the one case that ran' : `all ${ran} cases that ran`} found what the contract says`;
  return {
    look: lookOfExit(exitCode),
    title: titleOf(results),
    reasons: exitCode === 0 ? [warned > 0 || skipped > 0 ? 'nothing failed' : kept] : reasons,
  };
}

function titleOf(results: Results): string {
  if (isChangedAlone(results)) return 'Contract kept, server changed';
  if (lacksCoverageAlone(results)) return 'Contract not covered';
  return ofContract[results.verdict.exitCode] ?? 'Not decided';
}

function ofLoad(load: LoadResults): Headline {
  const exitCode = loadExitCode(load);
  const broken = load.objectives.filter(({ kept }) => !kept).map(({ name, detail }) => `${name}: ${detail}`);
  return {
    look: lookOfExit(exitCode),
    title: `Load ${endOfLoad[exitCode]}`,
    reasons: exitCode === 1 ? broken : load.reasons,
  };
}
