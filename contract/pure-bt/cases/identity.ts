import { similarText } from '../../../generators/family/devices.ts';
import { patternLengths } from '../../../generators/pattern.ts';
import { faultsNamed } from '../../../generators/pure-bt/faults/all-faults.ts';
import { buildRequest, type Change, type RequestContext } from '../../../generators/pure-bt/request.ts';
import {
  encryptedCode,
  inHome,
  notCommon,
  withCode,
  withDk,
  withOldSecret,
} from '../../../generators/pure-bt/valid-forms.ts';
import { seededRandom } from '../../../generators/random.ts';
import type { BuiltRequest } from '../../../generators/request.ts';
import { binds, type Expectation, refusedWith } from '../../../spec/expectation.ts';
import type { StateName } from '../../../spec/family/states.ts';
import { matchesPattern } from '../../../spec/pure-bt/dialect.ts';
import {
  bindsByCodeFormat,
  bindsByFormat,
  bindsWith,
  type Case,
  devices,
  named,
  type RequestBatch,
  send,
  sendAll,
  tested,
} from './steps.ts';

/** Ways to bind. After each one the device is bound, so a second request of the same user gets 5049. */
const ways: readonly (readonly [name: string, title: string, given: StateName, ...changes: readonly Change[]])[] = [
  ['encrypted', 'with an encrypted code', devices.ready, encryptedCode],
  ['flag-false', 'with isCommonDevice false', devices.ready, notCommon],
  ['named', 'with a name and capabilities', devices.ready, ...named],
  ['home', 'in a home', devices.readyInHome, inHome],
  ['home-not-common', 'in a home, not in the common-device list', devices.readyInHome, inHome, notCommon],
  ['multi', 'as a second user', devices.heldMulti],
  ['multi-old-secret', 'with the old secret', devices.heldMulti, withOldSecret],
  ['alternate', 'instead of another user', devices.heldAlternate],
];

/** Which devices are the same device, and which tokens the same token. */
export const identityCases: readonly Case[] = [
  ...ways.map(([name, way, given, ...changes]) =>
    tested(
      `bound/${name}`,
      `rejects a second bind after a bind ${way}`,
      'already-bound',
      [
        bindsWith(`a request ${way}`, ...changes),
        // After the bind, the device has a new secret: the second request leaves the old one out.
        send('the same user again', changes.includes(withOldSecret) ? [] : changes, refusedWith(5049)),
      ],
      { code: 5049, given },
    ),
  ),
  identity('devices/two-of-a-product', 'binds two devices of one product, each once', [
    device('a device', 'one', binds),
    device('another device', 'two', binds),
    device('the first device again', 'one', refusedWith(5049)),
    device('the other device again', 'two', refusedWith(5049)),
  ]),
  {
    ...identity('devices/longer-dk', 'binds a device with a dk that starts with the dk of another', [
      device('a device', 'one', binds),
      device('a device with one more character in its dk', 'one', bindsByFormat, '0'),
    ]),
    rule: 'dk-format',
    // If every dk has the same length, a dk with one more character is malformed.
    unless: ({ dkPattern }) => {
      const { shortest, longest } = patternLengths(dkPattern) ?? { shortest: 0, longest: 0 };
      return shortest === longest ? `dkPattern ${dkPattern} has one length` : undefined;
    },
    unfit: ({ dk }, _, dialect) =>
      matchesPattern(`${dk}0`, 'dkPattern', dialect)
        ? undefined
        : `dkPattern ${dialect.dkPattern} does not allow the dk of the fixture with one more character`,
  },
  {
    ...identity('devices/same-dk-of-two-products', 'binds the same dk for two products', [
      device('a device of one product', 'one', binds),
      sendAll('the same dk of another product', (context) => [sameDkOfOther(context)], binds),
    ]),
    secondState: devices.any,
  },
  ...Object.entries({ 'digits-only': '0123456789', 'letters-only': 'ABCDEF' }).map(
    ([kind, alphabet]): Case => ({
      ...identity(`bind/code/${kind}`, `binds a bindingCode: ${kind.replace('-', ' ')}`, [
        sendAll(
          `a bindingCode: ${kind.replace('-', ' ')}`,
          (context) => [buildRequest(context, [withCode(context.random.string.fromCharacters([...alphabet], 16))])],
          bindsByCodeFormat,
        ),
      ]),
      rule: 'code-format',
      unless: (dialect) =>
        matchesPattern(alphabet.repeat(3).slice(0, 16), 'bindingCodePattern', dialect)
          ? undefined
          : `bindingCodePattern ${dialect.bindingCodePattern} does not allow it`,
    }),
  ),
  tested(
    'token/tampered-after-good',
    'rejects a tampered token after it accepted the good one',
    'token-forged',
    [
      bindsWith('a correct request'),
      ...faultsNamed('token/tampered-expiry', 'token/tampered-header').map(({ title, changes, expect }) =>
        send(title, changes, expect),
      ),
    ],
    { code: 5032 },
  ),
];

function identity(id: string, title: string, steps: Case['steps']): Case {
  return tested(id, title, 'dk-identity', steps, { given: devices.any });
}

/** A correct request for the device with this word, with its own code; the same in every step. */
function device(what: string, word: string, expect: Expectation, behind = ''): RequestBatch {
  return sendAll(
    what,
    (context) => {
      const dk = dkFor(context, word) + behind;
      const code = similarText(context.fixture.bindingCode, seededRandom(0, word, behind, context.fixture.dk));
      return [buildRequest(context, [withDk(() => dk), withCode(code)])];
    },
    expect,
  );
}

function dkFor({ fixture }: RequestContext, word: string): string {
  return similarText(fixture.dk, seededRandom(0, word, fixture.dk));
}

function sameDkOfOther(context: RequestContext): BuiltRequest {
  const { fixture, other = fixture } = context;
  // A states handler may return the same product twice; then the request is for another device.
  const dk = dkFor(context, fixture.pk === other.pk ? 'two' : 'one');
  return buildRequest({ ...context, fixture: other }, [withDk(() => dk)]);
}
