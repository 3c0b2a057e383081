import { readSegment } from '../../../generators/tokens.ts';
import { durationText } from '../../duration-text.ts';

/** One line of the doctor. `missing` and `wrong` include the next step. */
export type Finding = {
  readonly name: string;
  readonly state: 'ok' | 'missing' | 'wrong';
  readonly says: string;
  /** The gate needs it: exit code 3. */
  readonly blocks?: true;
};

/** A finding without a problem. */
export function okFinding(name: string, says: string): Finding {
  return { name, state: 'ok', says };
}

/** Two correct clocks differ by less, including the answer time and the whole seconds of `Date`. */
const tolerance = 60;

/** How long ago a token expired, `now` in seconds since 1970; undefined if it is valid or its times cannot be read. */
export function expiredAgo(token: string, now: number): string | undefined {
  const { exp } = readClaims(token);
  return typeof exp === 'number' && exp <= now ? durationText(now - exp) : undefined;
}

/** Whether a token is valid now (seconds since 1970), judged by its times. The signature is not verified. */
export function tokenFinding(token: string, now: number): Finding {
  const { exp, nbf, iat } = readClaims(token);
  const wrong = (says: string): Finding => ({ name: 'token', state: 'wrong', says, blocks: true });
  if (typeof exp !== 'number') {
    return { name: 'token', state: 'missing', says: 'its times cannot be read: it is not a JWT with exp in seconds' };
  }
  const expired = expiredAgo(token, now);
  if (expired !== undefined)
    return wrong(`the fixture's token expired ${expired} ago; let the states endpoint issue a new one`);
  const next = "correct the clock of the token's issuer";
  if (typeof nbf === 'number' && nbf > now)
    return wrong(`the fixture's token becomes valid in ${durationText(nbf - now)}; ${next}`);
  if (typeof iat === 'number' && iat > now + tolerance) {
    return wrong(`the fixture's token was issued ${durationText(iat - now)} in the future; ${next}`);
  }
  return okFinding('token', `valid for another ${durationText(exp - now)}`);
}

/** Compares the server's clock, read from its Date header, with ours, in seconds since 1970. */
export function clockFinding(date: string | undefined, now: number): Finding {
  const ahead = secondsAhead(date, now);
  if (ahead === undefined) {
    return {
      name: 'clock',
      state: 'missing',
      says: 'the server sends no Date header, so the clocks cannot be compared',
    };
  }
  if (Math.abs(ahead) <= tolerance)
    return okFinding('clock', `the server's clock agrees with ours within ${tolerance} s`);
  const says = `the server's clock is ${difference(ahead)} ours; correct the clocks, or tokens may be refused`;
  return { name: 'clock', state: 'wrong', says };
}

/** How many seconds a server's clock is ahead of ours, negative if it is behind; undefined without a Date header. */
export function secondsAhead(date: string | undefined, now: number): number | undefined {
  const theirs = Date.parse(date ?? '') / 1000;
  return Number.isNaN(theirs) ? undefined : Math.round(theirs - now);
}

/** `3 hours ahead of`. */
export function difference(ahead: number): string {
  return `${durationText(Math.abs(ahead))} ${ahead > 0 ? 'ahead of' : 'behind'}`;
}

function readClaims(token: string): Record<string, unknown> {
  return readSegment(token.split('.')[1] ?? '');
}
