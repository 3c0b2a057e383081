import { countOf } from '../../contract/baseline/compare.ts';
import { contractText } from '../reports/contract-text.ts';
import { openTarget } from '../target.ts';
import { verify } from '../verify.ts';
import type { Station } from './gate.ts';

/** The contract on the target: every case, all documented codes. */
export const contractStation: Station = {
  name: 'contract',
  run: async ({ flags, loaded, settings, terminal, signal }) => {
    await using target = await openTarget(flags, loaded, signal, terminal);
    const { results, cases } = await verify(target, settings, terminal, signal);
    terminal.out(contractText({ results, cases, replay: settings.replay }, terminal.style));
    const covered = results.codes.filter(({ status }) => status === 'covered').length;
    const { passed, failed, errors } = results.summary;
    const changed = results.baseline === undefined ? '' : `, ${countOf(results.baseline)} changed since the baseline`;
    return {
      exitCode: results.verdict.exitCode,
      summary: `${covered} of ${results.codes.length} codes covered, ${passed} passed, ${failed} failed, ${errors} errors${changed}`,
    };
  },
};
