import { textOfLength } from '../../../../generators/pattern.ts';
import { alike } from '../../../../generators/pure-bt/devices.ts';
import { field, signedField, textOf } from '../../../../generators/pure-bt/faults/fault.ts';
import { unlessAllowed } from '../../../../generators/pure-bt/faults/malformed.ts';
import { middleReplaced, replacedAt } from '../../../../generators/pure-bt/faults/tamper.ts';
import { encryptedCode, withDk } from '../../../../generators/pure-bt/forms.ts';
import type { Change, RequestContext } from '../../../../generators/pure-bt/request.ts';
import { buildRequest, withPlaintexts } from '../../../../generators/pure-bt/request.ts';
import { seededRandom } from '../../../../generators/random.ts';
import type { BuiltRequest } from '../../../../generators/request.ts';
import { joinJwt, splitJwt } from '../../../../generators/tokens.ts';
import type { Expectation } from '../../../../spec/expectation.ts';
import { binds, refusedSomehow, refusedWith } from '../../../../spec/expectation.ts';
import type { Dialect } from '../../../../spec/pure-bt/dialect.ts';
import { matchesPattern } from '../../../../spec/pure-bt/dialect.ts';
import { secretPlaintext } from '../../../../spec/pure-bt/formulas.ts';
import type { StateName } from '../../../../spec/pure-bt/states.ts';
import { exactlyOneBound } from '../../../judge/together.ts';
import type { Answer, Together } from '../../../run/case.ts';
import { earns } from '../../earns.ts';
import type { Case } from '../steps.ts';
import { bindsWith, send, sendAtOnce } from '../steps.ts';
import { asOther } from '../two-users.ts';
import { orAlreadyBound } from './races.ts';

const anyDevice: StateName = 'a product whose every device is ready to bind';
const crowd = 20;
/** What a well-formed dk earns whose length a server's own format may refuse. */
const wellFormed: Expectation = { ...binds, open: [5314, 5361], openRefusals: 'undocumented', reading: 'dk-format' };

const otherTokenSignature: Change = {
  at: 'token',
  apply: (authorization) => {
    const jwt = splitJwt(authorization);
    // An opaque token has no signature of its own to change.
    return jwt.signature === '' ? `${authorization}x` : joinJwt({ ...jwt, signature: middleReplaced(jwt.signature) });
  },
};

const wrongOldSecret: Change = {
  at: 'draft',
  apply: (draft, { fixture: { pk, dk, bindingSecret } }) =>
    withPlaintexts(draft, { encryptedOldBindingSecret: secretPlaintext(pk, dk, `${bindingSecret}x`) }),
};

/** What almost right servers get wrong, and nothing else shows: each case has a mutant that only it kills. */
export const nearMissCases: readonly Case[] = [
  // Where case is ignored by Unicode's rules, these two are a k and an s.
  ...Object.entries({ 'kelvin-sign': '\u212a', 'long-s': '\u017f' }).map(
    ([name, letter]): Case => ({
      ...nearMiss(`dk/${name}`, `refuses a dk with a ${name.replace('-', ' ')}`),
      code: 5361,
      rule: 'dk-malformed' as const,
      unless: unlessAllowed(({ text }) => letter + text.slice(1), 'dkPattern'),
      steps: [
        send(
          `a dk with a ${name.replace('-', ' ')}`,
          [withDk(({ fixture: { dk } }) => letter + dk.slice(1))],
          earns({ expect: refusedWith(5361), names: 'another device' }, { given: 'a device ready to bind' }),
        ),
      ],
    }),
  ),
  {
    ...nearMiss('bind/home-without-room', 'binds in a home without a room'),
    rule: 'home-room',
    given: 'a device ready to bind in a home',
    steps: [
      bindsWith(
        'a request with fid and no frid',
        field('fid', ({ fixture }) => fixture.fid),
      ),
    ],
  },
  {
    ...nearMiss('devices/alike-at-the-end', 'binds two devices whose dks end alike'),
    given: anyDevice,
    rule: 'dk-identity',
    // Of 16 characters, as some servers keep the last 12 alone.
    unless: ({ dkPattern }: Dialect) =>
      textOfLength(dkPattern, 16, seededRandom(0)) === undefined
        ? `dkPattern ${dkPattern} refuses 16 characters`
        : undefined,
    steps: ['1', '2'].map((first) => send(`a device that begins with ${first}`, [withDk(sameEnd(first))], wellFormed)),
  },
  {
    ...nearMiss('token/other-signature-after-good', 'refuses a known token under another signature'),
    code: 5032,
    rule: 'token-forged',
    steps: [
      bindsWith('a correct request'),
      send('the same token under another signature', [otherTokenSignature], refusedWith(5032)),
    ],
  },
  {
    ...nearMiss('two-users/refused-take-over', 'keeps the holder when a take-over is refused'),
    given: 'two users, binding mode alternate',
    code: 5049,
    rule: 'no-trace',
    steps: [
      bindsWith('the first user'),
      asOther('the second user, with a wrong old secret', refusedSomehow(['bindingSecret']), wrongOldSecret),
      send('the first user again', [], refusedWith(5049)),
    ],
  },
  {
    ...nearMiss('race/encrypted', `binds once of ${crowd} encrypted requests at once`),
    rule: 'race',
    steps: [
      sendAtOnce(
        `one of ${crowd} encrypted requests at once`,
        (context) => Array.from({ length: crowd }, () => buildRequest(context, [encryptedCode])),
        orAlreadyBound,
        exactlyOneBound,
      ),
    ],
  },
  {
    ...nearMiss('race/unknown-device', `binds once of ${crowd} requests at once for a device nobody knows`),
    given: anyDevice,
    rule: 'race',
    steps: [
      sendAtOnce(
        `one of ${crowd} requests at once for a device nobody knows`,
        (context) => Array.from({ length: crowd }, () => buildRequest(context)),
        orAlreadyBound,
        exactlyOneBound,
      ),
    ],
  },
  {
    ...nearMiss('race/good-beside-forged', 'tells good requests from forged ones sent at once'),
    given: anyDevice,
    rule: 'signature',
    steps: [
      sendAtOnce(
        'good and forged requests for devices of their own, in turn',
        (context) => Array.from({ length: crowd }, (_, at) => goodOrForged(context, at)),
        { ...refusedSomehow(['signature']), codes: binds.codes },
        everyOtherBound,
      ),
    ],
  },
];

function nearMiss(id: string, title: string): Omit<Case, 'rule'> {
  return { id, code: 200, title, given: 'a device ready to bind', steps: [] };
}

function sameEnd(first: string): (context: RequestContext) => string {
  return ({ fixture, dialect }) => {
    const end = alike(fixture.dk.repeat(8).slice(0, 15), seededRandom(0, 'same end', fixture.dk));
    // Where the pattern has a shape of its own, the devices differ in no more than their first character either.
    const made = textOfLength(dialect.dkPattern, 16, seededRandom(0, fixture.dk)) ?? '';
    if (matchesPattern(first + end, 'dkPattern', dialect)) return first + end;
    return first === '1' ? made : replacedAt(made, 0);
  };
}

function goodOrForged(context: RequestContext, at: number): BuiltRequest {
  const dk = alike(context.fixture.dk, context.random);
  const forged = signedField('signature', (body) => middleReplaced(textOf(body, 'signature')));
  return buildRequest(context, [withDk(() => dk), ...(at % 2 === 0 ? [] : [forged])]);
}

function everyOtherBound(answers: readonly Answer[]): Together | undefined {
  const wrong = answers.findIndex(({ bound }, at) => bound !== (at % 2 === 0));
  if (wrong < 0) return undefined;
  const cause =
    wrong % 2 === 0 ? 'a good request is refused beside forged ones' : 'a forged request binds beside good ones';
  const reason = `${cause} (request ${wrong + 1} of ${answers.length})`;
  return { cause, reason, expected: 'success for each good request, a refusal for each forged one' };
}
