import type { ServedResponse } from '../../http.ts';
import { documentedCodes } from '../catalogue.ts';
import type { FailureEnvelope, SuccessEnvelope } from '../types.ts';
import type { Ending } from './decision.ts';

const meanings: ReadonlyMap<number, string> = new Map(documentedCodes.map(({ code, meaning }) => [code, meaning]));

/** The answer to a request. It shows nothing that the decisions have found. */
export function answer({ behaviour, httpStatus, code, bound, headers }: Ending): ServedResponse {
  return {
    httpStatus,
    headers: [['content-type', behaviour.contentType], ...headers],
    body: Buffer.from(behaviour.envelope(code, bound)),
  };
}

/** The JSON text of an outcome. `verified` is a number, as in the only known real response. */
export function envelope(code: number, success: boolean): string {
  const bound: SuccessEnvelope['data'] = { verified: 1 };
  if (success) return JSON.stringify({ code, msg: '', data: bound, extMsg: null });
  const refused: FailureEnvelope = {
    code,
    msg: meanings.get(code) ?? 'Request refused',
    data: null,
    extMsg: null,
  };
  return JSON.stringify(refused);
}
