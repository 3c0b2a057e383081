import { buildRequest, type Change, type RequestContext } from '../../../../generators/pure-bt/request.ts';
import { encryptedCode } from '../../../../generators/pure-bt/valid-forms.ts';
import { seededRandom } from '../../../../generators/random.ts';
import type { BuiltRequest } from '../../../../generators/request.ts';
import { binds, type Expectation, eitherWay, refusedWith } from '../../../../spec/expectation.ts';
import { documentedCode } from '../../../../spec/operation.ts';
import { operation } from '../../../../spec/pure-bt/operation.ts';
import { atLeastOneBound, exactlyOneBound } from '../../../judge/judge-together.ts';
import type { Answer, Together } from '../../../run/case.ts';
import { bindsWith, type Case, devices, send, sendAll, sendAtOnce, tested } from '../steps.ts';
import { asOtherUser, otherUser } from '../two-users.ts';

/** How many requests are sent at once. */
export const crowd = 20;
/** A server may answer that it is busy with the device; the document has no code for that. */
const busy = { openRefusals: 'undocumented', reading: 'race-loser' } as const;
/** The outcomes for each of several requests at once for one device. */
const orAlreadyBound: Expectation = refusedWith([200, 5049], busy);

/** Several requests for the same device: later, at once, and by another user. */
export const raceCases: readonly Case[] = [
  tested(
    'replay/same-request',
    'rejects exactly the same request a second time',
    'replay',
    [
      sendAll('a request', (context) => [captured(context)], binds),
      sendAll(
        'exactly the same request',
        (context) => [captured(context)],
        // A server may refuse a random that was used before.
        refusedWith(5049, { openRefusals: 'undocumented', reading: 'random-reuse' }),
      ),
    ],
    { code: 5049 },
  ),
  tested(
    'replay/by-another-user',
    'records the answer to a captured request with another token',
    'replay-other-user',
    [
      sendAll(
        'a captured request with the token of another user',
        (context) => [captured(context, context.fixture, [otherUser])],
        eitherWay,
      ),
    ],
    { given: devices.twoUsersSingle },
  ),
  tested(
    'replay/equal-random',
    'records whether a random may be used twice',
    'random-reuse',
    [
      sendAll('a request', (context) => [captured(context)], binds),
      sendAll(
        'a request for another device with the same random',
        (context) => [captured(context, context.other)],
        eitherWay,
      ),
    ],
    { secondState: devices.ready },
  ),
  bindsOnce('identical', 'identical requests at once', (context) => captured(context)),
  bindsOnce('distinct', 'distinct requests at once', (context, at) =>
    buildRequest(context, at % 2 === 0 ? [] : [encryptedCode]),
  ),
  tested(
    'race/two-users-single',
    'binds only one of two users at once in binding mode single',
    'race',
    // In this mode the winner's next request may get 5049 or 5412: both are true.
    [sendAtOnce('one of two users at once', bothUsers, refusedWith([200, 5049, 5412], busy), oneUserWins)],
    { given: devices.twoUsersSingle, code: 5412 },
  ),
  tested(
    'race/two-users-alternate',
    'keeps only one holder when two users bind at once in binding mode alternate',
    'race',
    [
      { ...sendAtOnce('one of two users at once', bothUsers, orAlreadyBound, atLeastOneBound), byChance: true },
      // After this request the first user holds the device, so the second user must be able to take it over.
      { ...send('the first user afterwards', [], orAlreadyBound), byChance: true },
      { ...asOtherUser('the second user, who does not hold the device', orAlreadyBound), together: takesOver },
      bindsWith('the first user, released by that bind'),
    ],
    { given: devices.twoUsersAlternate },
  ),
];

/**
 * Many requests at once; exactly one binds.
 * @param requests what follows "binds only one of 20": `distinct requests at once`.
 */
export function bindsOnce(
  name: string,
  requests: string,
  request: (context: RequestContext, at: number) => BuiltRequest,
): Case {
  const step = sendAtOnce(
    `one of ${crowd} ${requests}`,
    (context) => Array.from({ length: crowd }, (_, at) => request(context, at)),
    orAlreadyBound,
    exactlyOneBound,
  );
  return tested(`race/${name}`, `binds only one of ${crowd} ${requests}`, 'race', [step]);
}

/** The same bytes each time, like a captured request. */
function captured(context: RequestContext, fixture = context.fixture, changes: readonly Change[] = []): BuiltRequest {
  return buildRequest({ ...context, fixture, random: seededRandom(0, 'captured', context.fixture.dk) }, changes);
}

function bothUsers(context: RequestContext): readonly BuiltRequest[] {
  return Array.from({ length: crowd }, (_, at) => buildRequest(context, at % 2 === 0 ? [] : [otherUser]));
}

/** The finding if two users hold a device that only one can hold. */
const bothHold: Together = {
  cause: 'both users hold one device',
  reason: 'after the race both users hold the device',
  expected: 'one user holds the device',
};

/**
 * Checks the requests of two users sent at once, in turn: exactly one binds the device. The winner's other requests get
 * 5049, the other user's get 5412.
 */
export function oneUserWins(answers: readonly Answer[]): Together | undefined {
  const several = exactlyOneBound(answers);
  const holders = new Set(answers.flatMap(({ bound }, at) => (bound ? [at % 2] : [])));
  if (holders.size > 1) return { ...bothHold, reason: `${bothHold.reason}: ${several?.reason}` };
  if (several !== undefined) return several;
  const winner = answers.findIndex(({ bound }) => bound) % 2;
  const isWrong = (code: number | undefined): boolean =>
    code === undefined || (code !== 5412 && documentedCode(code, operation) !== undefined);
  const wrong = answers.find(({ code, bound }, at) => !bound && at % 2 !== winner && isWrong(code));
  if (wrong === undefined) return undefined;
  const cause = `the user who lost a race got ${wrong.code}, expected 5412`;
  const reason = `the user who lost the race got ${wrong.code}; expected 5412, because the other user holds the device`;
  // While it binds the device, a server may tell everyone that it is bound: only the number of binds is a security property.
  return { cause, reason, expected: 'exactly one success, and 5412 for the other user', rule: 'race-loser' };
}

/** Checks that the user without the device takes it over after a race. If it gets 5049 instead, both users hold it. */
export function takesOver(answers: readonly Answer[]): Together | undefined {
  return answers.every(({ bound }) => bound) ? undefined : bothHold;
}
