import { definedOnly } from '../../../spec/defined-only.ts';
import type { Fixture, Operation } from '../../../spec/operation.ts';
import type { Dialect } from '../../../spec/pure-bt/dialect.ts';
import { operation as bindOperation } from '../../../spec/pure-bt/operation.ts';
import type { ReceivedRequest, Remark } from '../../proxy/remark.ts';
import { ciphertextsIn, explain } from './explain.ts';
import { explainFields } from './explain-fields.ts';
import { type Finding, isWrong, type PartExplanation } from './explanation.ts';
import type { Known } from './known.ts';
import { readSecrets as readDevice } from './secrets.ts';
import { explainToken } from './token.ts';

/** The URL of this module. */
export const module: string = import.meta.url;

/** The operation of the requests. */
export const operation: Operation = bindOperation;

/**
 * The secrets of each fixture; missing ones come from the environment, which alone is enough too.
 * @throws UserError (exit code 2) for a secret that cannot be right or is missing.
 */
export function readSecrets(
  fixtures: readonly Readonly<Record<string, unknown>>[],
  environment: Readonly<Record<string, string | undefined>>,
): readonly Fixture[] {
  const given = fixtures.length === 0 && environment['BINDGATE_USER_DOMAIN_SECRET'] ? [{}] : fixtures;
  return given.map((fixture) => readDevice(fixture, environment, false));
}

/** Checks a request as `bindgate explain` does. Without a fixture, only its fields and its token are checked. */
export function checkRequest(
  { headers, body, repeated }: ReceivedRequest,
  fixture: Fixture | undefined,
  options: { readonly dialect: Dialect; readonly showSecrets: boolean; readonly now: number },
): { readonly remarks: readonly Remark[]; readonly plaintexts: Readonly<Record<string, string>> } {
  const { userDomainSecret = '' } = fixture ?? {};
  const known: Known = {
    ...options,
    request: { source: 'proxy', headers, body, repeated },
    secrets: { ...fixture, userDomainSecret },
  };
  const parts = userDomainSecret === '' ? [explainFields(known), explainToken(known)] : explain(known).parts;
  const unchecked = userDomainSecret !== '' && known.secrets.ps === undefined ? ciphertextsIn(known.request) : [];
  const remarks = [
    ...parts.flatMap(toRemarks),
    ...unchecked.map((about): Remark => ({ kind: 'note', about, says: 'not checked: the fixture has no ps' })),
  ];
  const { bindingCode } = known.secrets;
  const encrypted = bindingCode !== undefined && ciphertextsIn(known.request).includes('encryptedBindingCode');
  return { remarks, plaintexts: encrypted ? { encryptedBindingCode: bindingCode } : {} };
}

function toRemarks(explained: PartExplanation<Omit<Finding, 'part'>>): readonly Remark[] {
  const { part: about, says, findings, alternatives = [] } = explained;
  const remarks = [...findings, ...alternatives].map(
    ({ kind, says, fix }): Remark => ({
      kind: kind === 'note' ? 'note' : 'wrong',
      about,
      says,
      ...definedOnly({ fix }),
    }),
  );
  const isExplained = remarks.some(({ kind }) => kind === 'wrong');
  return isWrong(explained) && !isExplained ? [{ kind: 'wrong', about, says }, ...remarks] : remarks;
}
