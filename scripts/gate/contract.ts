import { countOf } from '../../contract/baseline/compare.ts';
import { skippedBecause } from '../../contract/run/skipped.ts';
import { contractText } from '../reports/contract-text.ts';
import { verifyTarget } from '../verify-target.ts';
import type { Station } from './gate.ts';

/** The contract on the target: every case, all documented codes. */
export const contractStation: Station = {
  name: 'contract',
  needsTarget: true,
  run: async (context) => {
    const { terminal } = context;
    const { results } = await verifyTarget(context);
    terminal.out(contractText(results, terminal.style));
    const covered = results.codes.filter(({ status }) => status === 'covered').length;
    const { passed, failed, skipped, errors } = results.summary;
    const left = skipped === 0 ? '' : `, ${skipped} skipped: ${skippedBecause(results.cases)}`;
    const changed = results.baseline === undefined ? '' : `, ${countOf(results.baseline)} changed since the baseline`;
    return {
      exitCode: results.verdict.exitCode,
      summary: `${covered} of ${results.codes.length} codes covered, ${passed} passed, ${failed} failed, ${errors} errors${left}${changed}`,
    };
  },
};
