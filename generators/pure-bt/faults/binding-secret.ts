import { refusedSomehow } from '../../../spec/expectation.ts';
import { secretPlaintext } from '../../../spec/pure-bt/formulas.ts';
import type { RuleId } from '../../../spec/pure-bt/rules.ts';
import type { Fixture, StateName } from '../../../spec/pure-bt/states.ts';
import type { Body, Json } from '../../request.ts';
import { changed } from '../../request.ts';
import { bindingSecret } from '../devices.ts';
import { oldSecretPlaintext, withOldSecret } from '../forms.ts';
import type { Change, CipherField, RequestContext } from '../request.ts';
import { withPlaintexts } from '../request.ts';
import { cipherFaults } from './ciphertext.ts';
import type { Fault } from './fault.ts';
import { draftChange, sealedField, textOf } from './fault.ts';
import { replacedAt } from './tamper.ts';

/**
 * Faults of the encrypted bindingSecrets. The document has no code for them, so any refusal is right.
 * Neither field is signed: only what the ciphertext holds can tell.
 */
export const bindingSecretFaults: readonly Fault[] = [
  ...ofField({
    prefix: 'new-secret',
    name: 'encryptedNewBindingSecret',
    rule: 'new-secret',
    prepare: [],
    plaintext: ({ pk, dk, bindingSecret: secret }) => secretPlaintext(pk, dk, secret),
  }),
  newSecretMissing('absent', 'a request without encryptedNewBindingSecret', undefined),
  newSecretMissing('null', 'a null encryptedNewBindingSecret', null),
  newSecretMissing('empty', 'an empty encryptedNewBindingSecret', ''),
  newSecretHolding('swapped', 'holding DK,PK instead of PK,DK', ({ pk, dk, bindingSecret: secret }) =>
    secretPlaintext(dk, pk, secret),
  ),
  newSecretHolding('other-pk', 'that names another pk', ({ pk, dk, bindingSecret: secret }) =>
    secretPlaintext(replacedAt(pk, pk.length - 1), dk, secret),
  ),
  newSecretHolding('other-dk', 'that names another dk', ({ pk, dk, bindingSecret: secret }) =>
    secretPlaintext(pk, replacedAt(dk, dk.length - 1), secret),
  ),
  newSecretHolding('dk-cut-short', 'that names a dk without its last character', ({ pk, dk, bindingSecret: secret }) =>
    secretPlaintext(pk, dk.slice(0, -1), secret),
  ),
  newSecretHolding('dk-too-long', 'that names a dk with a character more', ({ pk, dk, bindingSecret: secret }) =>
    secretPlaintext(pk, `${dk}0`, secret),
  ),
  newSecretHolding(
    'dk-other-start',
    'that names a dk of another first character',
    ({ pk, dk, bindingSecret: secret }) => secretPlaintext(pk, replacedAt(dk, 0), secret),
  ),
  newSecretHolding(
    'pk-other-start',
    'that names a pk of another first character',
    ({ pk, dk, bindingSecret: secret }) => secretPlaintext(replacedAt(pk, 0), dk, secret),
  ),
  newSecretHolding('pk-cut-short', 'that names a pk without its last character', ({ pk, dk, bindingSecret: secret }) =>
    secretPlaintext(pk.slice(0, -1), dk, secret),
  ),
  newSecretHolding('semicolons', 'with semicolons', ({ pk, dk, bindingSecret: secret }) => [pk, dk, secret].join(';')),
  newSecretHolding('no-pk', 'holding DK and the secret alone', ({ dk, bindingSecret: secret }) => `${dk},${secret}`),
  newSecretHolding('no-dk', 'holding PK and the secret alone', ({ pk, bindingSecret: secret }) => `${pk},${secret}`),
  {
    // Whether a bindingSecret may hold a comma is not said.
    ...newSecretHolding('four-parts', 'of four parts', ({ pk, dk, bindingSecret: secret }) =>
      secretPlaintext(pk, dk, `${secret},${secret}`),
    ),
    rule: 'new-secret-content',
    expect: refusedSomehow(['bindingSecret'], { open: [200], reading: 'new-secret-content' }),
  },
  newSecretHolding('one-part', 'holding the secret alone', ({ bindingSecret: secret }) => secret),
  newSecretHolding('two-parts', 'holding PK and DK alone', ({ pk, dk }) => `${pk},${dk}`),
  newSecretHolding('no-commas', 'without the commas', ({ pk, dk, bindingSecret: secret }) => `${pk}${dk}${secret}`),
  newSecretHolding('full-width-commas', 'with full-width commas', ({ pk, dk, bindingSecret: secret }) =>
    [pk, dk, secret].join('，'),
  ),
  ...ofField({
    prefix: 'old-secret',
    name: 'encryptedOldBindingSecret',
    rule: 'old-secret',
    state: 'a device bound by another user, binding mode multi',
    prepare: [withOldSecret],
    plaintext: oldSecretPlaintext,
  }),
  oldSecretHolding('wrong', 'that was never the stored one', ({ pk, dk }, random) =>
    secretPlaintext(pk, dk, `${bindingSecret(random)}x`),
  ),
  oldSecretHolding('other-start', 'whose first character differs', ({ pk, dk, ...rest }) =>
    secretPlaintext(pk, dk, replacedAt(stored(rest), 0)),
  ),
  oldSecretHolding('other-end', 'whose last character differs', ({ pk, dk, ...rest }) =>
    secretPlaintext(pk, dk, replacedAt(stored(rest), stored(rest).length - 1)),
  ),
  oldSecretHolding('other-case', 'in the other letter case', ({ pk, dk, ...rest }) =>
    secretPlaintext(pk, dk, otherCase(stored(rest))),
  ),
  oldSecretHolding('cut-short', 'without its last character', ({ pk, dk, ...rest }) =>
    secretPlaintext(pk, dk, stored(rest).slice(0, -1)),
  ),
  oldSecretHolding('too-long', 'with a character more', ({ pk, dk, ...rest }) =>
    secretPlaintext(pk, dk, `${stored(rest)}0`),
  ),
  oldSecretHolding('other-dk', 'that names another dk', ({ pk, dk, ...rest }) =>
    secretPlaintext(pk, replacedAt(dk, dk.length - 1), stored(rest)),
  ),
  oldSecretHolding('other-pk', 'that names another pk', ({ pk, dk, ...rest }) =>
    secretPlaintext(replacedAt(pk, pk.length - 1), dk, stored(rest)),
  ),
  oldSecretHolding('secret-alone', 'that names no device', (fixture) => stored(fixture)),
  oldSecretHolding('empty-secret', 'with an empty secret', ({ pk, dk }) => secretPlaintext(pk, dk, '')),
];

type CipherFieldFaults = {
  readonly prefix: string;
  readonly name: CipherField;
  readonly rule: RuleId;
  readonly state?: StateName;
  readonly prepare: readonly Change[];
  readonly plaintext: (fixture: Fixture) => string;
};

function ofField({ prefix, name, rule, state, prepare, plaintext }: CipherFieldFaults): readonly Fault[] {
  return cipherFaults.map(({ name: kind, title, make }) => ({
    ...bindingSecretFault(name, `${prefix}/${kind}`, `an ${name} ${title}`, [
      ...prepare,
      sealedField(name, (body: Body, context: RequestContext) =>
        make({
          plaintext: plaintext(context.fixture),
          key: context.fixture.ps,
          iv: textOf(body, 'random'),
          context,
        }),
      ),
    ]),
    rule,
    ...(state === undefined ? {} : { state }),
  }));
}

function newSecretMissing(name: string, title: string, value: Json | undefined): Fault {
  return bindingSecretFault('encryptedNewBindingSecret', `new-secret/${name}`, title, [
    { at: 'sealed', apply: (body) => changed(body, { encryptedNewBindingSecret: value }) },
  ]);
}

function newSecretHolding(name: string, title: string, plaintext: (fixture: Fixture) => string): Fault {
  return bindingSecretFault(
    'encryptedNewBindingSecret',
    `new-secret/${name}`,
    `an encryptedNewBindingSecret ${title}`,
    [draftChange((draft, { fixture }) => withPlaintexts(draft, { encryptedNewBindingSecret: plaintext(fixture) }))],
  );
}

function oldSecretHolding(
  name: string,
  title: string,
  plaintext: (fixture: Fixture, random: RequestContext['random']) => string,
): Fault {
  return {
    ...bindingSecretFault('encryptedOldBindingSecret', `old-secret/${name}`, `an old bindingSecret ${title}`, [
      draftChange((draft, { fixture, random }) =>
        withPlaintexts(draft, { encryptedOldBindingSecret: plaintext(fixture, random) }),
      ),
    ]),
    rule: 'old-secret',
    state: 'a device bound by another user, binding mode multi',
  };
}

/** A secret is opaque: each letter in the other case makes another one. A text without letters gets one. */
function otherCase(secret: string): string {
  const swapped = secret.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
  return swapped === secret ? `${secret}x` : swapped;
}

/** The secret of the bind before; the new one stands in where the fixture has none. */
function stored({
  oldBindingSecret,
  bindingSecret: fresh,
}: Pick<Fixture, 'oldBindingSecret' | 'bindingSecret'>): string {
  return oldBindingSecret ?? fresh;
}

function bindingSecretFault(
  breaks: Extract<Fault['breaks'], CipherField>,
  id: string,
  title: string,
  changes: readonly Change[],
): Fault {
  return {
    id,
    title,
    breaks,
    changes,
    expect: refusedSomehow(['bindingSecret']),
    rule: 'new-secret',
  };
}
