import { duration } from '../../contract/explain/token/duration.ts';
import { readSegment } from '../../generators/tokens.ts';
import type { Finding } from './finding.ts';
import { fine } from './finding.ts';

/** Clocks of two machines that are set right differ by less, answer time and whole seconds of `Date` included. */
const tolerance = 60;

/**
 * Whether a token is valid now by its own times; nothing is verified.
 * @param now seconds since 1970.
 */
export function tokenFinding(token: string, now: number): Finding {
  const { exp, nbf, iat } = readSegment(token.split('.')[1] ?? '');
  const wrong = (says: string): Finding => ({ name: 'token', state: 'wrong', says, blocks: true });
  if (typeof exp !== 'number') {
    return { name: 'token', state: 'missing', says: 'its times cannot be read: no JWT with exp in seconds' };
  }
  if (exp <= now) {
    return wrong(`the fixture's token expired ${duration(now - exp)} ago; let the states endpoint issue a fresh one`);
  }
  const next = "set the clock of the token's issuer right";
  if (typeof nbf === 'number' && nbf > now)
    return wrong(`the fixture's token is valid only in ${duration(nbf - now)}; ${next}`);
  if (typeof iat === 'number' && iat > now + tolerance) {
    return wrong(`the fixture's token was issued ${duration(iat - now)} from now; ${next}`);
  }
  return fine('token', `valid for ${duration(exp - now)} more`);
}

/**
 * Whether the server's clock, as its Date header tells it, is ours.
 * @param now seconds since 1970.
 */
export function clockFinding(date: string | undefined, now: number): Finding {
  const told = Date.parse(date ?? '') / 1000;
  if (Number.isNaN(told)) {
    return { name: 'clock', state: 'missing', says: 'the server sends no Date header to compare clocks by' };
  }
  const ahead = Math.round(told - now);
  if (Math.abs(ahead) <= tolerance) return fine('clock', `the server's is ours, to within ${tolerance} s`);
  const says = `the server's is ${duration(Math.abs(ahead))} ${ahead > 0 ? 'ahead of' : 'behind'} ours; set the clocks right, or tokens are refused`;
  return { name: 'clock', state: 'wrong', says };
}
