import type { Operation } from '../../../spec/operation.ts';
import { UserError } from '../../user-error.ts';
import type { Case } from '../case.ts';
import type { CaseResult } from '../outcome.ts';
import { gatewayLine } from './place.ts';

/** Runs one case of a run and keeps its result. */
export type RunOne = (tested: Case) => Promise<CaseResult>;

/**
 * Judges the first case of a run, and says why the others are not to be run; undefined where they are. A server that binds
 * neither form of a correct request refuses for one reason, which hundreds of failures would hide.
 * @throws UserError (exit code 3) where it is a gateway that refuses.
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
    ? 'not run: no correct request binds, so no other answer would mean anything'
    : undefined;
}

function isRefused({ outcome, attempts }: CaseResult): boolean {
  return outcome === 'failed' && !attempts.some(({ bound }) => bound);
}
