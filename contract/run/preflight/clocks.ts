import { readSegment } from '../../../generators/tokens.ts';
import { durationText } from '../../duration-text.ts';
import type { Finding } from './finding.ts';
import { okFinding } from './finding.ts';

/** Clocks of two machines that are set right differ by less, answer time and whole seconds of `Date` included. */
const tolerance = 60;

/**
 * How long ago a token expired by its own times, in words; undefined where it is valid or its times cannot be read.
 * @param now seconds since 1970.
 */
export function expiredAgo(token: string, now: number): string | undefined {
  const { exp } = readClaims(token);
  return typeof exp === 'number' && exp <= now ? durationText(now - exp) : undefined;
}

/**
 * Whether a token is valid now by its own times; nothing is verified.
 * @param now seconds since 1970.
 */
export function tokenFinding(token: string, now: number): Finding {
  const { exp, nbf, iat } = readClaims(token);
  const wrong = (says: string): Finding => ({ name: 'token', state: 'wrong', says, blocks: true });
  if (typeof exp !== 'number') {
    return { name: 'token', state: 'missing', says: 'its times cannot be read: no JWT with exp in seconds' };
  }
  const expired = expiredAgo(token, now);
  if (expired !== undefined)
    return wrong(`the fixture's token expired ${expired} ago; let the states endpoint issue a fresh one`);
  const next = "set the clock of the token's issuer right";
  if (typeof nbf === 'number' && nbf > now)
    return wrong(`the fixture's token is valid only in ${durationText(nbf - now)}; ${next}`);
  if (typeof iat === 'number' && iat > now + tolerance) {
    return wrong(`the fixture's token was issued ${durationText(iat - now)} from now; ${next}`);
  }
  return okFinding('token', `valid for ${durationText(exp - now)} more`);
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
  if (Math.abs(ahead) <= tolerance) return okFinding('clock', `the server's is ours, to within ${tolerance} s`);
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
  return `${durationText(Math.abs(ahead))} ${ahead > 0 ? 'ahead of' : 'behind'}`;
}

function readClaims(token: string): Record<string, unknown> {
  return readSegment(token.split('.')[1] ?? '');
}
