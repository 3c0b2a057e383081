import { createInstance, type IHttpConfig } from '@stoplight/prism-http';

/** The configuration of Prism: it validates requests, but not tokens. */
export const prismConfig: IHttpConfig = {
  isProxy: false,
  // The front checks the token: Prism would answer 401, but the contract has only HTTP status 200.
  checkSecurity: false,
  validateRequest: true,
  validateResponse: false,
  errors: false,
  mock: { dynamic: false },
  upstreamProxy: undefined,
};

/** A log that writes nothing. Prism's decision is in its answer. */
const silent = Object.fromEntries(
  ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent', 'success'].map((level) => [level, () => undefined]),
);

/** Creates Prism in this process, without a log. */
export function quietPrism(): ReturnType<typeof createInstance> {
  const logger: unknown = { ...silent, child: () => logger };
  return createInstance(prismConfig, { logger } as unknown as Parameters<typeof createInstance>[1]);
}
