import type { SharedDecision } from './attempt.ts';

/** The decision about the token: codes 5106 and 5032. */
export const identity: { readonly token: SharedDecision } = {
  token: (attempt, world) => {
    const authorization = attempt.authorization?.trim() ?? '';
    // `Bearer` with nothing after it counts as a missing token.
    if (authorization === '' || /^bearer$/i.test(authorization)) return 'tokenMissing';
    const [, token] = /^bearer +(\S+)$/i.exec(authorization) ?? [];
    const claims = token === undefined ? undefined : attempt.readToken(token);
    if (claims === undefined || !attempt.behaviour.claimsHold(claims, attempt.now)) return 'tokenBad';
    const user = world.users.get(claims.uid);
    if (user === undefined) return 'tokenBad';
    attempt.user = user;
    // The token does not name the user domain; it is found by uid.
    attempt.domainSecret = world.domainSecrets.get(user.domain) ?? '';
    return undefined;
  },
};
