import { readSegment } from '../../../generators/tokens.ts';
import { duration } from '../../in-words.ts';
import type { Finding } from './finding.ts';
import { fine } from './finding.ts';

/** Clocks of two machines that are set right differ by less, answer time and whole seconds of `Date` included. */
const tolerance = 60;

/**
 * How long ago a token expired by its own times, in words; undefined where it is valid or its times cannot be read.
 * @param now seconds since 1970.
 */
export function expiredAgo(token: string, now: number): string | undefined {
  const { exp } = claimsOf(token);
  return typeof exp === 'number' && exp <= now ? duration(now - exp) : undefined;
}

/**
 * Whether a token is valid now by its own times; nothing is verified.
 * @param now seconds since 1970.
 */
export function tokenFinding(token: string, now: number): Finding {
  const { exp, nbf, iat } = claimsOf(token);
  const wrong = (says: string): Finding => ({ name: 'token', state: 'wrong', says, blocks: true });
  if (typeof exp !== 'number') {
    return { name: 'token', state: 'missing', says: 'its times cannot be read: no JWT with exp in seconds' };
  }
  const expired = expiredAgo(token, now);
  if (expired !== undefined)
    return wrong(`the fixture's token expired ${expired} ago; let the states endpoint issue a fresh one`);
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
  const ahead = secondsAhead(date, now);
  if (ahead === undefined) {
    return { name: 'clock', state: 'missing', says: 'the server sends no Date header to compare clocks by' };
  }
  if (Math.abs(ahead) <= tolerance) return fine('clock', `the server's is ours, to within ${tolerance} s`);
  const says = `the server's is ${difference(ahead)} ours; set the clocks right, or tokens are refused`;
  return { name: 'clock', state: 'wrong', says };
}

/** How far a server's clock is ahead of ours in seconds, negative where it is behind; undefined without a Date header. */
export function secondsAhead(date: string | undefined, now: number): number | undefined {
  const told = Date.parse(date ?? '') / 1000;
  return Number.isNaN(told) ? undefined : Math.round(told - now);
}

/** `3 hours ahead of`. */
export function difference(ahead: number): string {
  return `${duration(Math.abs(ahead))} ${ahead > 0 ? 'ahead of' : 'behind'}`;
}

function claimsOf(token: string): Record<string, unknown> {
  return readSegment(token.split('.')[1] ?? '');
}
