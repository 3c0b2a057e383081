import { similarText } from '../../../../generators/family/devices.ts';
import { replaceAt } from '../../../../generators/family/tamper.ts';
import { field, fieldText } from '../../../../generators/pure-bt/faults/fault.ts';
import { buildRequest, type Change, type RequestContext, withBody } from '../../../../generators/pure-bt/request.ts';
import { encryptedCode, inventedPwd, withCode, withDk, withPwd } from '../../../../generators/pure-bt/valid-forms.ts';
import { seededRandom } from '../../../../generators/random.ts';
import type { BuiltRequest } from '../../../../generators/request.ts';
import { definedOnly } from '../../../../spec/defined-only.ts';
import { refusedUndocumented } from '../../../../spec/expectation.ts';
import type { StateName } from '../../../../spec/family/states.ts';
import { mismatchRefused } from '../../expected-outcomes.ts';
import { bindsWith, type Case, devices, sendAll, tested } from '../steps.ts';

const { ready, any: anyDevice } = devices;
const withoutPwd = field('pwd', () => undefined);

/** A changed, correct request with the signature of the unchanged one. */
type Row = readonly [
  name: string,
  title: string,
  given: StateName,
  before: readonly Change[],
  change: (context: RequestContext) => Change,
];

/**
 * Signed values cannot be changed after signing. Each request is correct except for its signature, which belongs to another
 * request. In the state where every device binds, only the signature prevents another dk or another code.
 */
export const tamperingCases: readonly Case[] = [
  ...withOldSignature(
    ['pk', 'another pk with the old signature', ready, [], anotherPk],
    ['code', 'another bindingCode with the old signature', ready, [], anotherCode],
    ['dk-any-device', 'another dk with the old signature, where every device binds', anyDevice, [], anotherDk],
    ['dk-encrypted', 'another dk with the old signature and an encrypted code', anyDevice, [encryptedCode], anotherDk],
    [
      'code-any-device',
      'another bindingCode with the old signature, where every device binds',
      anyDevice,
      [],
      anotherCode,
    ],
    ['code-encrypted', 'another encryptedBindingCode with the old signature', anyDevice, [encryptedCode], anotherCode],
    ['pwd-added', 'a pwd that was added after signing', ready, [withoutPwd], anotherPwd],
    [
      'pwd-added-encrypted',
      'a pwd that was added after signing, with an encryptedBindingCode',
      ready,
      [encryptedCode, withoutPwd],
      anotherPwd,
    ],
  ),
  tampered('plain-code-signed', 'another encryptedBindingCode with the signature of the plain bindingCode', anyDevice, [
    sendAll(
      'both forms of the bindingCode, signed over the plain one, with another code encrypted',
      (context) => [signedOverPlain(context)],
      mismatchRefused,
    ),
  ]),
  ...withOldSignature(
    ['pwd-changed', 'a pwd that was changed after signing', ready, [withPwd], anotherPwd],
    ['pwd-removed', 'a pwd that was removed after signing', ready, [withPwd], () => withoutPwd],
  ),
  tampered('every-signature-digit', 'a signature that differs in any one digit', ready, [
    sendAll(
      'a signature that differs in one digit',
      (context) => changedInTurn(context, 'signature', 64),
      refusedUndocumented(['signature']),
    ),
    bindsWith('a correct request for the same device'),
  ]),
  {
    ...tampered('every-random-character', 'a random that differs in any one character', ready, [
      sendAll(
        'a random that differs in one character',
        // Only the bytes under PK and DK in the first block: a later change gives another valid secret.
        (context) => changedInTurn(context, 'random', context.fixture.pk.length + context.fixture.dk.length + 2),
        refusedUndocumented(['bindingSecret']),
      ),
      bindsWith('a correct request for the same device'),
    ]),
    rule: 'pasting',
  },
];

function tampered(name: string, title: string, given: StateName, steps: Case['steps']): Case {
  return tested(`tamper/${name}`, `rejects ${title}`, 'tampering', steps, { given });
}

function withOldSignature(...rows: readonly Row[]): readonly Case[] {
  return rows.map(([name, title, given, before, change]) => {
    const request = (context: RequestContext): BuiltRequest => {
      // Both have the same random, and so the same ciphertexts: only the changed value must not match the signature.
      const build = (...changes: readonly Change[]): BuiltRequest =>
        buildRequest({ ...context, random: seededRandom(0, name, context.fixture.dk) }, [...before, ...changes]);
      return withBody(build(change(context)), { signature: fieldText(build().body, 'signature') });
    };
    return tampered(name, title, given, [sendAll(title, (context) => [request(context)], mismatchRefused)]);
  });
}

/** The encrypted code is the one that is used, so it must be the one that is signed. */
function signedOverPlain(context: RequestContext): BuiltRequest {
  const { bindingCode } = context.fixture;
  const { signature } = buildRequest(context).body;
  const both = [encryptedCode, anotherCode(context), field('bindingCode', () => bindingCode)];
  return withBody(buildRequest(context, both), definedOnly({ signature }));
}

function anotherPk({ fixture: { pk } }: RequestContext): Change {
  return field('pk', () => replaceAt(pk, pk.length - 1));
}

function anotherDk({ random, fixture }: RequestContext): Change {
  const dk = similarText(fixture.dk, random);
  return withDk(() => dk);
}

function anotherCode({ random, fixture }: RequestContext): Change {
  return withCode(similarText(fixture.bindingCode, random));
}

/** Sets another pwd, whatever the device has: only a refusal is correct anyway. */
function anotherPwd({ fixture, dialect }: RequestContext): Change {
  const { pwd = inventedPwd(dialect) } = fixture;
  return field('pwd', () => replaceAt(pwd, pwd.length - 1));
}

/** One request for each of the first characters of a field: correct, and then changed in that character. */
function changedInTurn(context: RequestContext, name: 'signature' | 'random', upTo: number): readonly BuiltRequest[] {
  const good = buildRequest(context);
  const text = fieldText(good.body, name);
  return Array.from(text.slice(0, upTo), (_, at) => withBody(good, { [name]: replaceAt(text, at) }));
}
