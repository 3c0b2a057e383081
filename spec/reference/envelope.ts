import { documentedCode } from '../catalogue.ts';

/** The JSON text of an outcome. `verified` is a number, as in the only real response on record. */
export function envelope(code: number, success: boolean): string {
  const msg = success ? '' : (documentedCode(code)?.meaning ?? 'Request refused');
  return JSON.stringify({ code, msg, data: success ? { verified: 1 } : null, extMsg: null });
}
