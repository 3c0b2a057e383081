import { loadExitCode } from '../../load/results.ts';
import { load, readProfile } from '../load.ts';
import { loadText } from '../reports/load-text.ts';
import { openTarget } from '../target.ts';
import type { Station } from './gate.ts';

/** A short load of correct requests: does the signed path hold when requests come at a rate? */
export const loadStation: Station = {
  name: 'load',
  needsTarget: true,
  run: async ({ flags, loaded, settings, terminal, signal }) => {
    await using target = await openTarget(flags, loaded, signal, terminal);
    const header = flags.header === undefined ? {} : { header: flags.header };
    const { dialect, out } = settings;
    const results = await load(
      target,
      readProfile('smoke'),
      { config: loaded.config, dialect, out, ...header },
      terminal,
      signal,
    );
    terminal.out('');
    terminal.out(loadText(results, terminal.style));
    const exitCode = loadExitCode(results);
    const { p50, p99 } = results.latency;
    const summary = results.valid
      ? `${results.requests} requests at ${results.ratePerSecond}/s, p50 ${p50} ms, p99 ${p99} ms`
      : `not valid: ${results.reasons.join('; ')}`;
    return { exitCode, summary };
  },
};
