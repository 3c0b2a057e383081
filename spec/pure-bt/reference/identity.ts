import type { Decision } from './decision.ts';

/** Who is calling: status 5106 and 5032. */
export const identity: { readonly token: Decision } = {
  token: (attempt, world) => {
    const authorization = attempt.authorization?.trim() ?? '';
    // `Bearer` with nothing after it is no token either.
    if (authorization === '' || /^bearer$/i.test(authorization)) return 'tokenMissing';
    const [, token] = /^bearer +(\S+)$/i.exec(authorization) ?? [];
    const claims = token === undefined ? undefined : attempt.readToken(token);
    if (claims === undefined || !attempt.behaviour.claimsHold(claims, attempt.now)) return 'tokenBad';
    const user = world.users.get(claims.uid);
    if (user === undefined) return 'tokenBad';
    attempt.user = user;
    // The token carries no user domain; it is found from the uid.
    attempt.domainSecret = world.domainSecrets.get(user.domain) ?? '';
    return undefined;
  },
};
