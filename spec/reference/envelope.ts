import { documentedCode } from '../catalogue.ts';
import type { FailureEnvelope, SuccessEnvelope } from '../types.ts';

/** The JSON text of an outcome. `verified` is a number, as in the only real response on record. */
export function envelope(code: number, success: boolean): string {
  const bound: SuccessEnvelope['data'] = { verified: 1 };
  if (success) return JSON.stringify({ code, msg: '', data: bound, extMsg: null });
  const refused: FailureEnvelope = {
    code,
    msg: documentedCode(code)?.meaning ?? 'Request refused',
    data: null,
    extMsg: null,
  };
  return JSON.stringify(refused);
}
