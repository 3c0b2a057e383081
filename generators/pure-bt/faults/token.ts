import { definedOnly } from '../../../spec/defined-only.ts';
import { refusedWith } from '../../../spec/expectation.ts';
import { tokenWays } from '../../family/token-ways.ts';
import type { Fault } from './fault.ts';
import { makeFault } from './fault.ts';

const codes = { missing: 5106, bad: 5032 } as const;

/** Faults of the Authorization header: 5106 if it is missing or blank, 5032 if it has no valid access token. */
export const tokenFaults: readonly Fault[] = tokenWays.map(({ name, title, is, change, needs }) =>
  makeFault(
    definedOnly({
      prefix: 'token',
      breaks: 'token' as const,
      expect: refusedWith(is.map((what) => codes[what])),
      rule: is.join() === 'missing' ? ('token-missing' as const) : ('token-bad' as const),
      needs,
    }),
    name,
    title,
    { at: 'token', apply: (token, { keys }) => change(token, keys) },
  ),
);
