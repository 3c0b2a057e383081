import { join } from 'node:path';
import { withTimeLimit } from '../contract/run/cut-short.ts';
import { UserError } from '../contract/user-error.ts';
import type { LoadedConfig } from './config/config.ts';
import { exitCodeOf, failureLine } from './failure.ts';
import { prepareFolder, writeWhole } from './reports/files.ts';
import { junitOfError } from './reports/junit.ts';
import type { TargetFlags } from './target.ts';
import { openTarget } from './target.ts';
import type { Terminal } from './terminal.ts';
import type { Verified, VerifySettings } from './verify.ts';
import { verify } from './verify.ts';

/** How a target is verified. */
export type VerifyTarget = {
  readonly flags: TargetFlags;
  readonly loaded: LoadedConfig;
  readonly settings: VerifySettings;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
};

/**
 * Opens the target that flags and configuration name, and verifies it.
 * Where target, states or a tool cannot be used (exit code 3), `junit.xml` has that as its one test case.
 */
export async function verifyTarget({ flags, loaded, settings, terminal, signal }: VerifyTarget): Promise<Verified> {
  using limited = withTimeLimit(signal, settings.timeLimit);
  try {
    await using target = await openTarget(flags, loaded, limited.signal, terminal);
    // Awaited here: the target must stay open until the run is over.
    return await verify(target, settings, terminal, limited.signal);
  } catch (error) {
    if (exitCodeOf(error) === 3 && !signal.aborted) {
      await prepareFolder(settings.out);
      const details = error instanceof UserError ? error.details : [];
      await writeWhole(join(settings.out, 'junit.xml'), junitOfError(failureLine(error), details));
    }
    throw error;
  }
}
