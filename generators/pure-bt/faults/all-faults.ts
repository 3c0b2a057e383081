import { definedOnly } from '../../../spec/defined-only.ts';
import { refusedWith } from '../../../spec/expectation.ts';
import type { Dialect } from '../../../spec/pure-bt/dialect.ts';
import { tokenWays } from '../../family/token-ways.ts';
import { bindingSecretFaults } from './binding-secret.ts';
import { cipherFaults, codeSubject } from './ciphertext.ts';
import { type Fault, makeFault } from './fault.ts';
import { randomFaults } from './random.ts';
import { signatureFaults } from './signature.ts';
import { bindingCodeFaults, deviceNameFaults, dkFaults, heldCodeFaults, pkFaults, pwdFaults } from './text-fields.ts';

const tokenCodes = { missing: 5106, bad: 5032 } as const;

/** Faults of the Authorization header: 5106 if it is missing or blank, 5032 if it has no valid access token. */
const tokenFaults: readonly Fault[] = tokenWays.map(({ name, title, is, change, needs }) =>
  makeFault(
    definedOnly({
      prefix: 'token',
      breaks: 'token' as const,
      expect: refusedWith(is.map((what) => tokenCodes[what])),
      rule: is.join() === 'missing' ? ('token-missing' as const) : ('token-bad' as const),
      needs,
    }),
    name,
    title,
    { at: 'token', apply: (token, { keys }) => change(token, keys) },
  ),
);

/** Every fault, ordered by the part that it breaks. */
export const faults: readonly Fault[] = [
  ...tokenFaults,
  ...pkFaults,
  ...dkFaults,
  ...bindingCodeFaults,
  ...cipherFaults(codeSubject),
  ...heldCodeFaults,
  ...bindingSecretFaults,
  ...randomFaults,
  ...signatureFaults,
  ...deviceNameFaults,
  ...pwdFaults,
];

/** The faults that apply under a dialect: a text that one pattern refuses may match another. */
export function faultsUnder(dialect: Dialect): readonly Fault[] {
  return faults.filter(({ unless }) => unless?.(dialect) === undefined);
}

/**
 * The faults with the given ids, in this order.
 * @throws Error for an unknown id: a case with it would test nothing.
 */
export function faultsNamed(...ids: readonly string[]): readonly Fault[] {
  return ids.map((id) => {
    const fault = faultNamed(id);
    if (fault === undefined) throw new Error(`no fault is called "${id}"`);
    return fault;
  });
}

/** The fault with an id, or undefined. */
export function faultNamed(id: string): Fault | undefined {
  return faults.find((fault) => fault.id === id);
}
