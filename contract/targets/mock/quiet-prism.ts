import { createInstance, type IHttpConfig } from '@stoplight/prism-http';

/** How the fronts ask Prism: a request is validated, the token is not. */
export const prismConfig: IHttpConfig = {
  isProxy: false,
  // The front judges the token: Prism would answer 401, and the contract knows no HTTP status but 200.
  checkSecurity: false,
  validateRequest: true,
  validateResponse: false,
  errors: false,
  mock: { dynamic: false },
  upstreamProxy: undefined,
};

/** Prism's log is its own business: what it decides is in its answer. */
const silent = Object.fromEntries(
  ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent', 'success'].map((level) => [level, () => undefined]),
);

/** Prism in this process, without its log. */
export function quietPrism(): ReturnType<typeof createInstance> {
  const logger: unknown = { ...silent, child: () => logger };
  return createInstance(prismConfig, { logger } as unknown as Parameters<typeof createInstance>[1]);
}
