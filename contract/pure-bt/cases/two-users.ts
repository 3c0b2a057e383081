import { otherSecret, replaceMiddle } from '../../../generators/family/tamper.ts';
import { draftChange, fieldText, signedField } from '../../../generators/pure-bt/faults/fault.ts';
import {
  buildRequest,
  type Change,
  type RequestContext,
  withBody,
  withPlaintexts,
} from '../../../generators/pure-bt/request.ts';
import { type BuiltRequest, withHeader } from '../../../generators/request.ts';
import { readSegment, splitJwt } from '../../../generators/tokens.ts';
import { binds, type Expectation, eitherWay, refusedUndocumented, refusedWith } from '../../../spec/expectation.ts';
import { secretPlaintext } from '../../../spec/pure-bt/formulas.ts';
import { bindsWith, type Case, type RequestBatch, send, sendAll, tested, unlessBound } from './steps.ts';

/** Sends the other user's token. */
export const otherUser: Change = { at: 'token', apply: (_, { fixture }) => `Bearer ${fixture.otherToken ?? ''}` };

/** Changes the middle digit of the signature. */
export const wrongSignature: Change = signedField('signature', (body) => replaceMiddle(fieldText(body, 'signature')));

/** Two users of one app bind one device, one after the other, in the modes that allow one holder. */
export const twoUsersCases: readonly Case[] = [
  {
    ...twoUsers('alternate', 'alternate-same-user', 'rejects a second bind by the holder in binding mode alternate', [
      bindsWith('the first user'),
      send('the first user again', [], refusedWith(5049)),
    ]),
    code: 5049,
    rule: 'already-bound',
  },
  {
    ...twoUsers('single', 'single-same-user', 'rejects a second bind by the holder in binding mode single', [
      bindsWith('the first user'),
      // 5412 is also true; the document does not say which check comes first.
      send('the first user again', [], refusedWith(5049, { open: [5412], reading: 'mode-single-again' })),
    ]),
    code: 5049,
    rule: 'already-bound',
  },
  {
    ...twoUsers('single', 'single', 'rejects the second of two users in binding mode single', [
      bindsWith('the first user'),
      asOtherUser('the second user', refusedWith(5412)),
    ]),
    code: 5412,
  },
  twoUsers('alternate', 'alternate', 'gives the device to the second user in binding mode alternate', [
    bindsWith('the first user'),
    asOtherUser('the second user', binds),
    bindsWith('the first user again, released by the second bind'),
  ]),
  {
    ...twoUsers('alternate', 'wrong-signature', 'also checks the signature of a second user', [
      bindsWith('the first user'),
      asOtherUser('the second user with a wrong signature', refusedUndocumented(['signature']), wrongSignature),
      asOtherUser('the second user', binds),
      send('the first user with a wrong signature', [wrongSignature], refusedUndocumented(['signature'])),
      bindsWith('the first user, released by the second bind'),
    ]),
    rule: 'signature',
  },
  {
    ...twoUsers('alternate', 'uid-elsewhere', 'takes the user only from the token', [
      sendAll('the first user, with the uid of the second in headers', (context) => [claimingOtherUid(context)], binds),
      send('the first user again', [], refusedWith(5049)),
    ]),
    rule: 'token-user',
  },
  {
    ...twoUsers('alternate', 'uid-in-body', 'takes the user only from the token, also if the body has a uid', [
      // A server may refuse members that the page does not name.
      sendAll(
        'the first user, with the uid of the second as uid, userId and user_id in the body',
        (context) => [naming(context)],
        eitherWay,
      ),
      send('the first user again', [], unlessBound),
    ]),
    rule: 'token-user',
  },
  {
    ...twoUsers('alternate', 'old-secret', 'uses the secret of the latest bind as the old one', [
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

/** A request from the other user. */
export function asOtherUser(what: string, expect: Expectation, ...changes: readonly Change[]): RequestBatch {
  return send(what, [...changes, otherUser], expect);
}

/** A correct request from the first user, with the second user's uid in headers that a server might read. */
function claimingOtherUid(context: RequestContext): BuiltRequest {
  const uid = otherUid(context);
  return ['uid', 'x-uid', 'x-user-id', 'user-id'].reduce(
    (built, name) => withHeader(built, name, uid),
    buildRequest(context),
  );
}

const secretNumbers = { first: 0, second: 1, third: 2 } as const;

/** A correct request from the first user, with the second user's uid in its body. */
function naming(context: RequestContext): BuiltRequest {
  const uid = otherUid(context);
  return withBody(buildRequest(context), { uid, userId: uid, user_id: uid });
}

function otherUid({ fixture }: RequestContext): string {
  const claims = readSegment(splitJwt(fixture.otherToken ?? '').payload);
  return String(claims['uid'] ?? 'user');
}

/** The secret of the previous bind and the new secret. The first is the fixture's, the others are like it. */
function secrets(old: keyof typeof secretNumbers, fresh: keyof typeof secretNumbers): Change {
  return draftChange((draft, { fixture: { pk, dk, bindingSecret } }) => {
    const named = (name: keyof typeof secretNumbers): string =>
      secretPlaintext(pk, dk, otherSecret(bindingSecret, secretNumbers[name]));
    return withPlaintexts(draft, { encryptedOldBindingSecret: named(old), encryptedNewBindingSecret: named(fresh) });
  });
}
