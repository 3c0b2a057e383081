import { signedField, textOf } from '../../../generators/pure-bt/faults/fault.ts';
import { middleReplaced } from '../../../generators/pure-bt/faults/tamper.ts';
import type { Change, RequestContext } from '../../../generators/pure-bt/request.ts';
import { buildRequest, withPlaintexts } from '../../../generators/pure-bt/request.ts';
import type { BuiltRequest } from '../../../generators/request.ts';
import { readSegment, splitJwt } from '../../../generators/tokens.ts';
import type { Expectation, Open } from '../../../spec/expectation.ts';
import { binds, refusedSomehow, refusedWith } from '../../../spec/expectation.ts';
import { secretPlaintext } from '../../../spec/pure-bt/formulas.ts';
import type { Case, Step } from './steps.ts';
import { bindsWith, send, sendAll } from './steps.ts';

/** The request comes with the other user's token. */
export const otherUser: Change = { at: 'token', apply: (_, { fixture }) => `Bearer ${fixture.otherToken ?? ''}` };

const wrongSignature = signedField('signature', (body) => middleReplaced(textOf(body, 'signature')));

const again: Open = { open: [5412], reading: 'mode-single-again' };

/** What two users of one app do to each other's binds, one after the other, in the modes that allow one holder. */
export const twoUsersCases: readonly Case[] = [
  {
    ...twoUsers('alternate', 'alternate-same-user', 'refuses the holder again in binding mode alternate'),
    code: 5049,
    rule: 'already-bound',
    steps: [bindsWith('the first user'), send('the first user again', [], refusedWith(5049))],
  },
  {
    ...twoUsers('single', 'single-same-user', 'refuses the holder again in binding mode single'),
    code: 5049,
    rule: 'already-bound',
    // That the mode is unique is true as well; which is asked first is open.
    steps: [bindsWith('the first user'), send('the first user again', [], refusedWith(5049, again))],
  },
  {
    ...twoUsers('single', 'single', 'refuses the second of two users in binding mode single'),
    code: 5412,
    rule: 'mode-single',
    steps: [bindsWith('the first user'), asOther('the second user', refusedWith(5412))],
  },
  {
    ...twoUsers('alternate', 'alternate', 'hands the device over in binding mode alternate'),
    steps: [
      bindsWith('the first user'),
      asOther('the second user', binds),
      bindsWith('the first user again, whom the second bind released'),
    ],
  },
  {
    ...twoUsers('alternate', 'wrong-signature', 'checks the signature of a second user as well'),
    rule: 'signature',
    steps: [
      bindsWith('the first user'),
      asOther('the second user with a wrong signature', refusedSomehow(['signature']), wrongSignature),
      asOther('the second user', binds),
      send('the first user with a wrong signature', [wrongSignature], refusedSomehow(['signature'])),
      bindsWith('the first user, whom the second bind released'),
    ],
  },
  {
    ...twoUsers('alternate', 'uid-elsewhere', 'takes the user from the token alone'),
    rule: 'token-user',
    steps: [
      sendAll('the first user, with the uid of the second in headers', (context) => [underUidOfOther(context)], binds),
      send('the first user again', [], refusedWith(5049)),
    ],
  },
  {
    ...twoUsers('alternate', 'old-secret', 'keeps the secret of the latest bind as the old one'),
    rule: 'old-secret',
    steps: [
      bindsWith('the first user'),
      asOther('the second user, with the secret of that bind', binds, secrets('first', 'second')),
      send(
        'the first user, with a secret that is no longer stored',
        [secrets('first', 'third')],
        refusedSomehow(['bindingSecret']),
      ),
      bindsWith('the first user, with the secret of the latest bind', secrets('second', 'third')),
    ],
  },
];

function twoUsers(mode: 'single' | 'alternate', name: string, title: string): Case {
  return {
    id: `two-users/${name}`,
    code: 200,
    title,
    rule: `mode-${mode}`,
    given: `two users, binding mode ${mode}`,
    steps: [],
  };
}

/** A request of the other user. */
export function asOther(what: string, expect: Expectation, ...changes: readonly Change[]): Step {
  return send(what, [...changes, otherUser], expect);
}

/** A correct request of the first user that names the second one wherever a careless server may look. */
function underUidOfOther(context: RequestContext): BuiltRequest {
  const claims = readSegment(splitJwt(context.fixture.otherToken ?? '').payload);
  const uid = String(claims['uid'] ?? 'user');
  const { http, ...built } = buildRequest(context);
  const named = ['uid', 'x-uid', 'x-user-id', 'user-id'].map((name) => [name, uid] as const);
  return { ...built, http: { ...http, headers: [...http.headers, ...named] } };
}

/** The secret of the bind before, and the one that this bind brings; each is a word after the device's own secret. */
function secrets(old: string, fresh: string): Change {
  return {
    at: 'draft',
    apply: (draft, { fixture: { pk, dk, bindingSecret } }) => {
      const named = (word: string): string =>
        secretPlaintext(pk, dk, word === 'first' ? bindingSecret : bindingSecret + word);
      return withPlaintexts(draft, {
        encryptedOldBindingSecret: named(old),
        encryptedNewBindingSecret: named(fresh),
      });
    },
  };
}
