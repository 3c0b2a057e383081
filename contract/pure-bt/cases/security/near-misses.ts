import { similarText } from '../../../../generators/family/devices.ts';
import { unlessAllowed } from '../../../../generators/family/malformed.ts';
import { otherSecret, replaceAt } from '../../../../generators/family/tamper.ts';
import { textOfLength } from '../../../../generators/pattern.ts';
import { faultsNamed } from '../../../../generators/pure-bt/faults/all-faults.ts';
import { withPlaintext } from '../../../../generators/pure-bt/faults/fault.ts';
import { buildRequest, type RequestContext } from '../../../../generators/pure-bt/request.ts';
import { encryptedCode, inFid, withDk } from '../../../../generators/pure-bt/valid-forms.ts';
import { seededRandom } from '../../../../generators/random.ts';
import type { BuiltRequest } from '../../../../generators/request.ts';
import { binds, refusedUndocumented, refusedWith } from '../../../../spec/expectation.ts';
import { matchesPattern } from '../../../../spec/pure-bt/dialect.ts';
import { secretPlaintext } from '../../../../spec/pure-bt/formulas.ts';
import type { Answer, Together } from '../../../run/case.ts';
import { expectedOutcomes } from '../../expected-outcomes.ts';
import { bindsByFormat, bindsWith, type Case, devices, send, sendAtOnce, tested } from '../steps.ts';
import { asOtherUser, wrongSignature } from '../two-users.ts';
import { bindsOnce, crowd } from './races.ts';

const wrongOldSecret = withPlaintext('encryptedOldBindingSecret', ({ fixture: { pk, dk, bindingSecret } }) =>
  secretPlaintext(pk, dk, otherSecret(bindingSecret)),
);

/** Bugs of almost correct servers: each case kills a mutant that no other case kills. */
export const nearMissCases: readonly Case[] = [
  // A comparison that ignores case by Unicode's rules treats these two as k and s.
  ...Object.entries({ 'kelvin sign': '\u212a', 'long s': '\u017f' }).map(([name, letter]) =>
    tested(
      `dk/${name.replace(' ', '-')}`,
      `rejects a dk with a ${name}`,
      'dk-malformed',
      [
        send(
          `a dk with a ${name}`,
          [withDk(({ fixture: { dk } }) => letter + dk.slice(1))],
          expectedOutcomes({ expect: refusedWith(5361), names: 'another device' }, { given: devices.ready }),
        ),
      ],
      { code: 5361, unless: unlessAllowed(({ text }) => letter + text.slice(1), 'dkPattern') },
    ),
  ),
  tested(
    'bind/home-without-room',
    'binds in a home without a room',
    'home-room',
    [bindsWith('a request with fid and without frid', inFid)],
    { given: devices.readyInHome },
  ),
  tested(
    'devices/alike-at-the-end',
    'binds two devices with dks that have the same end',
    'dk-identity',
    ['1', '2'].map((first) =>
      send(`a device with a dk that starts with ${first}`, [withDk(sameEnd(first))], bindsByFormat),
    ),
    {
      given: devices.any,
      // 16 characters, because some servers keep only the last 12.
      unless: ({ dkPattern }) =>
        textOfLength(dkPattern, 16, seededRandom(0)) === undefined
          ? `dkPattern ${dkPattern} does not allow 16 characters`
          : undefined,
    },
  ),
  tested(
    'token/other-signature-after-good',
    'rejects a known token with another signature',
    'token-forged',
    [
      bindsWith('a correct request'),
      ...faultsNamed('token/tampered-signature').map(({ changes, expect }) =>
        send('the same token with another signature', changes, expect),
      ),
    ],
    { code: 5032 },
  ),
  tested(
    'two-users/refused-take-over',
    'keeps the holder after a refused take-over',
    'no-trace',
    [
      bindsWith('the first user'),
      asOtherUser('the second user, with a wrong old secret', refusedUndocumented(['bindingSecret']), wrongOldSecret),
      send('the first user again', [], refusedWith(5049)),
    ],
    { given: devices.twoUsersAlternate, code: 5049 },
  ),
  bindsOnce('encrypted', 'encrypted requests at once', (context) => buildRequest(context, [encryptedCode])),
  {
    ...bindsOnce('unknown-device', 'requests at once for an unknown device', (context) => buildRequest(context)),
    given: devices.any,
  },
  tested(
    'race/good-beside-forged',
    'distinguishes good and forged requests that are sent at once',
    'signature',
    [
      sendAtOnce(
        'good and forged requests in turn, each for its own device',
        (context) => Array.from({ length: crowd }, (_, at) => goodOrForged(context, at)),
        { ...refusedUndocumented(['signature']), codes: binds.codes },
        everyOtherBound,
      ),
    ],
    { given: devices.any },
  ),
];

function sameEnd(first: string): (context: RequestContext) => string {
  return ({ fixture, dialect }) => {
    const end = similarText(fixture.dk.repeat(8).slice(0, 15), seededRandom(0, 'same end', fixture.dk));
    // If the pattern does not allow that, the two dks still differ only in their first character.
    const made = textOfLength(dialect.dkPattern, 16, seededRandom(0, fixture.dk)) ?? '';
    if (matchesPattern(first + end, 'dkPattern', dialect)) return first + end;
    return first === '1' ? made : replaceAt(made, 0);
  };
}

function goodOrForged(context: RequestContext, at: number): BuiltRequest {
  const dk = similarText(context.fixture.dk, context.random);
  return buildRequest(context, [withDk(() => dk), ...(at % 2 === 0 ? [] : [wrongSignature])]);
}

function everyOtherBound(answers: readonly Answer[]): Together | undefined {
  const wrong = answers.findIndex(({ bound }, at) => bound !== (at % 2 === 0));
  if (wrong < 0) return undefined;
  const cause =
    wrong % 2 === 0 ? 'a good request was refused among forged ones' : 'a forged request was bound among good ones';
  const reason = `${cause} (request ${wrong + 1} of ${answers.length})`;
  return { cause, reason, expected: 'success for each good request, a refusal for each forged one' };
}
