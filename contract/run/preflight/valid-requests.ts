import type { Operation } from '../../../spec/operation.ts';
import { UserError } from '../../user-error.ts';
import type { Case } from '../case.ts';
import type { CaseResult } from '../outcome.ts';
import { gatewayLine } from './place.ts';

/** Runs one case of the run and keeps its result. */
export type RunOne = (tested: Case) => Promise<CaseResult>;

/**
 * Judges the first case of a run and returns the reason to stop, if any. A server that binds no form of a correct request
 * has one problem, and hundreds of failures would hide it.
 * @throws UserError (exit code 3) if a gateway refuses the request.
 */
export async function reasonToStop(
  first: CaseResult,
  cases: readonly Case[],
  runOne: RunOne,
  operation: Operation,
): Promise<string | undefined> {
  const other = cases.find((form) => form.essential === true && form !== first.case);
  if (first.case.essential !== true || !isRefused(first)) return undefined;
  const { httpStatus, code } = first.attempts.at(-1)?.received ?? { httpStatus: null, code: null };
  const gateway = httpStatus === null ? undefined : gatewayLine({ httpStatus, code: code ?? undefined }, operation);
  if (gateway !== undefined) throw new UserError(gateway, 3);
  if (other === undefined) return undefined;
  return isRefused(await runOne(other))
    ? 'not run: no correct request binds, so no other result means anything'
    : undefined;
}

function isRefused({ outcome, attempts }: CaseResult): boolean {
  return outcome === 'failed' && !attempts.some(({ bound }) => bound);
}
