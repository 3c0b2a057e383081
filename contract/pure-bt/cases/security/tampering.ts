import { similarText } from '../../../../generators/pure-bt/devices.ts';
import { field, fieldText } from '../../../../generators/pure-bt/faults/fault.ts';
import { replaceAt } from '../../../../generators/pure-bt/faults/tamper.ts';
import type { Change, RequestContext } from '../../../../generators/pure-bt/request.ts';
import { buildRequest, withBody } from '../../../../generators/pure-bt/request.ts';
import { encryptedCode, withCode, withDk } from '../../../../generators/pure-bt/valid-forms.ts';
import type { BuiltRequest } from '../../../../generators/request.ts';
import { refusedUndocumented } from '../../../../spec/expectation.ts';
import type { StateName } from '../../../../spec/pure-bt/states.ts';
import { mismatchRefused } from '../../expected-outcomes.ts';
import type { Case } from '../steps.ts';
import { anyDevice, bindsWith, ready, sendAll, tested } from '../steps.ts';

/**
 * What is signed cannot be changed after signing: a whole correct request, but for the signature, which is another's.
 * Where every device is ready to bind, nothing but the signature stands in the way of another dk or another code.
 */
export const tamperingCases: readonly Case[] = [
  withOldSignature('pk', 'another pk under the old signature', ready, [], anotherPk),
  withOldSignature('code', 'another bindingCode under the old signature', ready, [], anotherCode),
  withOldSignature('dk-any-device', 'another dk under the old signature, where any binds', anyDevice, [], anotherDk),
  withOldSignature(
    'dk-encrypted',
    'another dk under the old signature, its code encrypted',
    anyDevice,
    [encryptedCode],
    anotherDk,
  ),
  withOldSignature(
    'code-any-device',
    'another bindingCode under the old signature, where any binds',
    anyDevice,
    [],
    anotherCode,
  ),
  withOldSignature(
    'code-encrypted',
    'another encryptedBindingCode under the old signature',
    anyDevice,
    [encryptedCode],
    anotherCode,
  ),
  withOldSignature('pwd-added', 'a pwd that was added after signing', ready, [], () => pwd('Secret124')),
  withOldSignature('pwd-changed', 'a pwd that was changed after signing', ready, [pwd('Secret123')], () =>
    pwd('Secret124'),
  ),
  withOldSignature('pwd-removed', 'a pwd that was taken away after signing', ready, [pwd('Secret123')], () =>
    pwd(undefined),
  ),
  tampered('every-signature-digit', 'a signature that differs in any one digit', ready, [
    sendAll('a signature that differs in one digit', everyDigit, refusedUndocumented(['signature'])),
    bindsWith('a correct request for the same device'),
  ]),
  {
    ...tampered('every-random-character', 'a random changed in any one character', ready, [
      sendAll('a random changed in one character', everyRandom, refusedUndocumented(['bindingSecret'])),
      bindsWith('a correct request for the same device'),
    ]),
    rule: 'pasting',
  },
];

function tampered(name: string, title: string, given: StateName, steps: Case['steps']): Case {
  return tested(`tamper/${name}`, `refuses ${title}`, 'tampering', steps, { given });
}

/** A request that is changed and correct, but that it carries the signature of the one that was not changed. */
function withOldSignature(
  name: string,
  title: string,
  given: StateName,
  before: readonly Change[],
  change: (context: RequestContext) => Change,
): Case {
  const request = (context: RequestContext): BuiltRequest => {
    const signature = fieldText(buildRequest(context, before).body, 'signature');
    return withBody(buildRequest(context, [...before, change(context)]), { signature });
  };
  return tampered(name, title, given, [sendAll(title, (context) => [request(context)], mismatchRefused)]);
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

/** A pwd of the request, whatever the device has: every answer but a refusal is wrong anyway. */
function pwd(text: string | undefined): Change {
  return field('pwd', () => text);
}

function everyDigit(context: RequestContext): readonly BuiltRequest[] {
  const good = buildRequest(context);
  const signature = fieldText(good.body, 'signature');
  return Array.from(signature, (_, at) => withBody(good, { signature: replaceAt(signature, at) }));
}

/** Only where PK and DK stand in the first block: a change behind them makes another secret, which nobody can tell. */
function everyRandom(context: RequestContext): readonly BuiltRequest[] {
  const good = buildRequest(context);
  const random = fieldText(good.body, 'random');
  const named = Math.min(random.length, context.fixture.pk.length + context.fixture.dk.length + 2);
  return Array.from({ length: named }, (_, at) => withBody(good, { random: replaceAt(random, at) }));
}
