/** Seconds until a token ends, by its own `exp`; undefined where it is no JWT or does not say. Nothing is verified. */
export function secondsLeft(token: string, now: number = Date.now()): number | undefined {
  const payload = token.replace(/^Bearer /, '').split('.')[1];
  if (payload === undefined) return undefined;
  try {
    const { exp } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { exp?: unknown };
    return typeof exp === 'number' ? exp - now / 1_000 : undefined;
  } catch {
    return undefined;
  }
}
