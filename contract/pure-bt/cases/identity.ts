import { lengthsOf } from '../../../generators/pattern.ts';
import { alike } from '../../../generators/pure-bt/devices.ts';
import type { Fault } from '../../../generators/pure-bt/faults/fault.ts';
import { field } from '../../../generators/pure-bt/faults/fault.ts';
import { faultsNamed } from '../../../generators/pure-bt/faults/menu.ts';
import { encryptedCode, inHome, withCode, withDk, withOldSecret } from '../../../generators/pure-bt/forms.ts';
import type { Change, RequestContext } from '../../../generators/pure-bt/request.ts';
import { buildRequest } from '../../../generators/pure-bt/request.ts';
import { seededRandom } from '../../../generators/random.ts';
import type { Expectation } from '../../../spec/expectation.ts';
import { binds, refusedWith } from '../../../spec/expectation.ts';
import type { Dialect } from '../../../spec/pure-bt/dialect.ts';
import type { StateName } from '../../../spec/pure-bt/states.ts';
import type { Case, Volley } from './steps.ts';
import { send, sendAll } from './steps.ts';

const anyDevice: StateName = 'a product whose every device is ready to bind';
const ready: StateName = 'a device ready to bind';
/** A dk of one character more than the device's, which a format may refuse. */
const longer: Expectation = { ...binds, open: [5314, 5361], openRefusals: 'undocumented', reading: 'dk-format' };
const codeExpected: Expectation = { ...binds, open: [5213], openRefusals: 'undocumented', reading: 'code-format' };
const named = [field('deviceName', () => 'Küchenwaage'), field('capabilitiesBitmask', () => 4)];

/** Ways to bind, after each of which the device is bound: the same user is told so. */
const ways: readonly (readonly [name: string, title: string, given: StateName, changes: readonly Change[]])[] = [
  ['encrypted', 'with an encrypted code', ready, [encryptedCode]],
  ['flag-false', 'with isCommonDevice false', ready, [field('isCommonDevice', () => false)]],
  ['named', 'with a name and capabilities', ready, named],
  ['home', 'in a home', 'a device ready to bind in a home', [inHome]],
  [
    'home-not-common',
    'in a home, not for its common list',
    'a device ready to bind in a home',
    [inHome, field('isCommonDevice', () => false)],
  ],
  ['multi', 'as a second user', 'a device bound by another user, binding mode multi', []],
  ['multi-old-secret', 'with the old secret', 'a device bound by another user, binding mode multi', [withOldSecret]],
  ['alternate', 'in place of another user', 'a device bound by another user, binding mode alternate', []],
];

const boundCases: readonly Case[] = ways.map(([name, title, given, changes]) => ({
  ...identity(`bound/${name}`, `has bound what it says it has bound, ${title}`),
  code: 5049,
  rule: 'already-bound',
  given,
  steps: [
    send(`a request ${title}`, changes, binds),
    // The old secret is no longer that of the device: it is left out the second time.
    send('the same user again', changes.includes(withOldSecret) ? [] : changes, refusedWith(5049)),
  ],
}));

/** What makes a device the same device, a code a code and a token the same token. */
export const identityCases: readonly Case[] = [
  ...boundCases,
  {
    ...identity('devices/two-of-a-product', 'binds two devices of a product, each once'),
    steps: [
      device('a device', 'one', binds),
      device('another device', 'two', binds),
      device('the first device again', 'one', refusedWith(5049)),
      device('the other device again', 'two', refusedWith(5049)),
    ],
  },
  {
    ...identity('devices/longer-dk', 'binds a device whose dk begins as that of another'),
    rule: 'dk-format',
    unless: ({ dkPattern }) => longerUnless(dkPattern),
    steps: [device('a device', 'one', binds), device('a device of one character more', 'one', longer, '0')],
  },
  {
    ...identity('devices/same-dk-of-two-products', 'binds one dk of two products'),
    beside: anyDevice,
    steps: [
      device('a device of one product', 'one', binds),
      sendAll(
        'the same dk of another product',
        (context) => {
          const { fixture, other = fixture } = context;
          // A handler may give the same product twice; then it is another device that is asked for.
          const dk = dkFor(context, fixture.pk === other.pk ? 'two' : 'one');
          return [buildRequest({ ...context, fixture: other }, [withDk(() => dk)])];
        },
        binds,
      ),
    ],
  },
  ...Object.entries({ 'digits-only': '0123456789', 'letters-only': 'ABCDEF' }).map(
    ([kind, alphabet]): Case => ({
      ...identity(`bind/code/${kind}`, `binds a bindingCode: ${kind.replace('-', ' ')}`),
      rule: 'code-format',
      unless: ({ bindingCodePattern }: Dialect) =>
        new RegExp(`^(?:${bindingCodePattern})$`).test(alphabet.repeat(3).slice(0, 16))
          ? undefined
          : `bindingCodePattern ${bindingCodePattern} refuses it`,
      steps: [
        sendAll(
          `a bindingCode: ${kind.replace('-', ' ')}`,
          (context) => [buildRequest(context, [withCode(context.random.string.fromCharacters([...alphabet], 16))])],
          codeExpected,
        ),
      ],
    }),
  ),
  {
    ...identity('token/tampered-after-good', 'refuses a tampered token after the good one was seen'),
    code: 5032,
    rule: 'token-forged',
    given: 'a device ready to bind',
    steps: [
      send('a correct request', [], binds),
      ...faultsNamed('token/tampered-expiry', 'token/tampered-header').map(refusedFor),
    ],
  },
];

function identity(id: string, title: string): Case {
  return {
    id,
    code: 200,
    title,
    rule: 'dk-identity',
    given: anyDevice,
    steps: [],
  };
}

function refusedFor({ title, changes, expect }: Fault): Volley {
  return send(title, changes, expect);
}

/** A correct request for a device of the case by a word, with a code of its own; the same in every step. */
function device(what: string, word: string, expect: Expectation, behind = ''): Volley {
  return sendAll(
    what,
    (context) => {
      const dk = dkFor(context, word) + behind;
      const code = alike(context.fixture.bindingCode, seededRandom(0, word, behind, context.fixture.dk));
      return [buildRequest(context, [withDk(() => dk), withCode(code)])];
    },
    expect,
  );
}

function dkFor({ fixture }: RequestContext, word: string): string {
  return alike(fixture.dk, seededRandom(0, word, fixture.dk));
}

/** Where every well-formed dk has the same length, one more character is malformed. */
function longerUnless(dkPattern: string): string | undefined {
  const { shortest, longest } = lengthsOf(dkPattern) ?? { shortest: 0, longest: 0 };
  return shortest === longest ? `dkPattern ${dkPattern} has one length` : undefined;
}
