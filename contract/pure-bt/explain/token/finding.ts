import type { Finding } from '../explanation.ts';

/** A finding about the token. */
export function tokenFinding(id: string, says: string, fix: string, kind: Finding['kind'] = 'mistake'): Finding {
  return { part: 'token', id: `token/${id}`, kind, says, fix };
}
