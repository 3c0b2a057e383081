import { draftChange, fieldText, signedField } from '../../../generators/pure-bt/faults/fault.ts';
import { replaceMiddle } from '../../../generators/pure-bt/faults/tamper.ts';
import type { Change, RequestContext } from '../../../generators/pure-bt/request.ts';
import { buildRequest, withPlaintexts } from '../../../generators/pure-bt/request.ts';
import type { BuiltRequest } from '../../../generators/request.ts';
import { readSegment, splitJwt } from '../../../generators/tokens.ts';
import type { Expectation } from '../../../spec/expectation.ts';
import { binds, refusedUndocumented, refusedWith } from '../../../spec/expectation.ts';
import { secretPlaintext } from '../../../spec/pure-bt/formulas.ts';
import type { Case, Step } from './steps.ts';
import { bindsWith, send, sendAll, tested } from './steps.ts';

/** The request comes with the other user's token. */
export const otherUser: Change = { at: 'token', apply: (_, { fixture }) => `Bearer ${fixture.otherToken ?? ''}` };

/** A signature whose middle digit differs. */
export const wrongSignature: Change = signedField('signature', (body) => replaceMiddle(fieldText(body, 'signature')));

/** What two users of one app do to each other's binds, one after the other, in the modes that allow one holder. */
export const twoUsersCases: readonly Case[] = [
  {
    ...twoUsers('alternate', 'alternate-same-user', 'refuses the holder again in binding mode alternate', [
      bindsWith('the first user'),
      send('the first user again', [], refusedWith(5049)),
    ]),
    code: 5049,
    rule: 'already-bound',
  },
  {
    ...twoUsers('single', 'single-same-user', 'refuses the holder again in binding mode single', [
      bindsWith('the first user'),
      // That the mode is unique is true as well; which is asked first is open.
      send('the first user again', [], refusedWith(5049, { open: [5412], reading: 'mode-single-again' })),
    ]),
    code: 5049,
    rule: 'already-bound',
  },
  {
    ...twoUsers('single', 'single', 'refuses the second of two users in binding mode single', [
      bindsWith('the first user'),
      asOtherUser('the second user', refusedWith(5412)),
    ]),
    code: 5412,
  },
  twoUsers('alternate', 'alternate', 'hands the device over in binding mode alternate', [
    bindsWith('the first user'),
    asOtherUser('the second user', binds),
    bindsWith('the first user again, whom the second bind released'),
  ]),
  {
    ...twoUsers('alternate', 'wrong-signature', 'checks the signature of a second user as well', [
      bindsWith('the first user'),
      asOtherUser('the second user with a wrong signature', refusedUndocumented(['signature']), wrongSignature),
      asOtherUser('the second user', binds),
      send('the first user with a wrong signature', [wrongSignature], refusedUndocumented(['signature'])),
      bindsWith('the first user, whom the second bind released'),
    ]),
    rule: 'signature',
  },
  {
    ...twoUsers('alternate', 'uid-elsewhere', 'takes the user from the token alone', [
      sendAll('the first user, with the uid of the second in headers', (context) => [claimingOtherUid(context)], binds),
      send('the first user again', [], refusedWith(5049)),
    ]),
    rule: 'token-user',
  },
  {
    ...twoUsers('alternate', 'old-secret', 'keeps the secret of the latest bind as the old one', [
      bindsWith('the first user'),
      asOtherUser('the second user, with the secret of that bind', binds, secrets('first', 'second')),
      send(
        'the first user, with a secret that is no longer stored',
        [secrets('first', 'third')],
        refusedUndocumented(['bindingSecret']),
      ),
      bindsWith('the first user, with the secret of the latest bind', secrets('second', 'third')),
    ]),
    rule: 'old-secret',
  },
];

function twoUsers(mode: 'single' | 'alternate', name: string, title: string, steps: Case['steps']): Case {
  return tested(`two-users/${name}`, title, `mode-${mode}`, steps, { given: `two users, binding mode ${mode}` });
}

/** A request of the other user. */
export function asOtherUser(what: string, expect: Expectation, ...changes: readonly Change[]): Step {
  return send(what, [...changes, otherUser], expect);
}

/** A correct request of the first user that names the second one wherever a careless server may look. */
function claimingOtherUid(context: RequestContext): BuiltRequest {
  const claims = readSegment(splitJwt(context.fixture.otherToken ?? '').payload);
  const uid = String(claims['uid'] ?? 'user');
  const { http, ...built } = buildRequest(context);
  const named = ['uid', 'x-uid', 'x-user-id', 'user-id'].map((name) => [name, uid] as const);
  return { ...built, http: { ...http, headers: [...http.headers, ...named] } };
}

/** The secret of the bind before, and the one that this bind brings; each is a word after the device's own secret. */
function secrets(old: string, fresh: string): Change {
  return draftChange((draft, { fixture: { pk, dk, bindingSecret } }) => {
    const named = (word: string): string =>
      secretPlaintext(pk, dk, word === 'first' ? bindingSecret : bindingSecret + word);
    return withPlaintexts(draft, { encryptedOldBindingSecret: named(old), encryptedNewBindingSecret: named(fresh) });
  });
}
