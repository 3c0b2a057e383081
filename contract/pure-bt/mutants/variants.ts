import type { ServedResponse, Wire } from '../../../spec/http.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { DecisionName } from '../../../spec/pure-bt/reference/decision.ts';
import type { StateName } from '../../../spec/pure-bt/states.ts';
import { makeServers } from '../../mutants/mutant.ts';
import { answering, bodyText, delaying, withContentType, withFields, withoutFields } from '../../mutants/operators.ts';
import { readings } from './readings/all-readings.ts';
import { page, problem, tooLarge } from './readings/http.ts';
import { buildServer } from './readings/reading.ts';
import type { Difference, Variant } from './server.ts';
import { coded, onRefusals, onSuccesses } from './server.ts';

/** What has no need of what was found out before, in the reference's order. */
const given = ['pkGiven', 'dkGiven', 'bindingCodeGiven', 'signatureGiven', 'newSecretGiven'] as const;
const formats = ['dkFormat', 'bindingCodeFormat', 'deviceNameFormat', 'pwdFormat', 'randomFormat'] as const;
const product = ['productKnown', 'productAuthorised'] as const;
const proofs = ['signatureMatches', 'encryptedBindingCodeReadable', 'newSecretReadable', 'oldSecretReadable'] as const;
const device = ['deviceFound', 'dataCentreIsHere', 'sharingNotAccepted'] as const;
const rights = ['userMayBind', 'productIsForUser', 'productGrants'] as const;
const home = ['fidFitsHomeMode', 'homeIsOwn', 'roleMayBind', 'commonListWritable'] as const;

/** The order in which the decrypted code is known before the signature is verified. */
const codeBeforeSignature: readonly DecisionName[] = correct.order.flatMap((name) => {
  if (name === 'encryptedBindingCodeReadable') return [];
  return name === 'signatureMatches' ? ['encryptedBindingCodeReadable', name] : [name];
});

/** Every server that differs from the reference and is right all the same. */
export const variants: readonly Variant[] = makeServers<Omit<Variant, 'id' | 'differs'>>({
  // The order of checks is open: every order is right, as long as every check is made.
  'order/formats-last: looks at formats after everything on record': order([
    'token',
    ...[given, product, rights, home, device, formats, proofs].flat(),
  ]),
  'order/fields-backwards: looks at the fields from the last to the first': order([
    'token',
    ...[[...given].reverse(), [...formats].reverse(), product, proofs, device, rights, home].flat(),
  ]),
  'order/token-late: looks at the token after the fields': order([
    ...[...given, ...formats, 'token' as const],
    ...[product, proofs, device, rights, home].flat(),
  ]),
  'order/signature-first: verifies the signature before it looks at any field': order([
    ...(['token', 'signatureGiven', 'signatureMatches'] as const),
    ...[given, formats, product, proofs.slice(1), device, rights, home].flat(),
  ]),
  'order/home-first: looks at the home before everything else': order([
    'token',
    ...[home, rights.slice(0, 1), given, formats, product, rights.slice(1), device, proofs].flat(),
  ]),
  'order/proofs-last: decrypts and verifies after it has looked everything up': order([
    'token',
    ...[given, formats, product, device, rights, home, [...proofs].reverse()].flat(),
  ]),
  'order/mode-before-holder: looks at the binding mode and the old bindingSecret before it asks who has bound': reads(
    'bind-order/modeAllows-oldSecretIsStored-notBoundByUser',
  ),
  'order/common-list-after-bind: writes the common-device list after the bind, which stays when that fails':
    reads('common-list/after-bind'),
  // Envelopes that say the same in another way.
  'shape/verified-0: answers that a bind is not verified, in many words': {
    wire: onSuccesses(withFields({ msg: 'success', data: { verified: 0, deviceId: 7 }, extMsg: 'not verified yet' })),
  },
  'shape/data-absent: leaves data and extMsg away in a refusal': { wire: onRefusals(withoutFields('data', 'extMsg')) },
  'shape/localised: answers in Chinese, and says in extMsg where to look': {
    wire: onRefusals(withFields({ msg: '请求被拒绝', extMsg: '请参阅手册' })),
  },
  'shape/request-id: gives every refusal an id in msg': reads('msg/request-id'),
  'shape/more-fields: has more fields than the page, in another order, on many lines': reads(
    'more-fields/some json/indented',
  ),
  'shape/content-type: spells the media type in other ways': {
    wire: inTurn(
      [
        'application/json',
        'Application/JSON;charset=UTF-8',
        'application/vnd.example.v2+json',
        'text/json; charset="utf-8"',
      ],
      (answer, type) => withContentType(type)(answer),
    ),
  },
  'shape/headers: sends headers of its own, and verified as text, as the page has it':
    reads('verified/text headers/many'),
  // The other reading of each dialect setting; under the default dialect too, where that reading is a warning there.
  'dialect/success-0: takes 0 for success': reads('success-code/0', [{ successCode: 0 }]),
  'dialect/success-any: answers 0 in a home and 200 elsewhere where it has bound': {
    dialects: [{ successCode: 'any' }],
    override: {
      answer: (ending) => correct.answer(ending.bound && ending.attempt?.fields.fid ? { ...ending, code: 0 } : ending),
    },
  },
  'dialect/signed-decrypted: signs the decrypted bindingCode': reads(
    'signed-code/decrypted',
    [{ signedBindingCode: 'decrypted' }],
    codeBeforeSignature,
  ),
  'dialect/signed-either: takes a signature over the bindingCode in either form': reads(
    'signed-code/either',
    undefined,
    codeBeforeSignature,
  ),
  'dialect/both-codes-refused: refuses both forms of the bindingCode at once': reads('both-codes/refused', [
    { bothBindingCodes: 'refuse' },
    {},
  ]),
  'dialect/signature-any-case: takes a signature in upper case': reads('signature-case/any', [
    { signatureCase: 'any' },
    {},
  ]),
  'dialect/pwd-six-digits: has passwords of six digits': reads('pwd-format/six-digits', [
    { pwdPattern: '[0-9]{6}' },
    {},
  ]),
  'dialect/name-limit-64: takes a deviceName of 64 characters': reads('name-limit/64', [{ deviceNameLimit: 64 }]),
  'dialect/other-units: counts the bytes of a deviceName, and takes a pwd in any script': reads(
    'name-unit/bytes pwd-format/any-script',
  ),
  'dialect/unknown-dk-refused: refuses a dk that it has never seen': reads('unknown-dk/refused', [
    { unknownDk: 'refused' },
    {},
  ]),
  'dialect/old-secret-ignored: ignores an old bindingSecret of a device nobody has bound': reads(
    'old-unbound/ignored',
    [{ oldSecretWhenUnbound: 'ignored' }, {}],
  ),
  'dialect/no-sibling-codes: is judged without the codes of sibling pages': { dialects: [{ siblingCodes: 'refuse' }] },
  // Other codes where the document has none, or where nothing tells its codes apart.
  'code/siblings: uses other codes of sibling pages': {
    override: coded({
      signatureWrong: 5421,
      signatureMissing: 5420,
      newSecretMissing: 5465,
      newSecretBad: 5458,
      oldSecretBad: 5459,
      randomFormat: 5465,
      bindingCodeFormat: 5461,
      bindingCodeWrong: 5462,
      pwdFormat: 5353,
      productUnknown: 5313,
      deviceNotFound: 5339,
    }),
  },
  'code/own: has codes of its own where the document has none': {
    override: coded({
      notReadable: 5999,
      signatureWrong: 5999,
      signatureMissing: 5000,
      newSecretMissing: 5997,
      newSecretBad: 5996,
      oldSecretBad: 5995,
      randomFormat: 5994,
      foreignHome: 5993,
    }),
  },
  'code/document-alone: uses codes of the document alone': {
    override: coded({
      notReadable: 5041,
      signatureWrong: 5041,
      signatureMissing: 5041,
      newSecretMissing: 5213,
      newSecretBad: 5213,
      oldSecretBad: 5052,
      randomFormat: 5213,
      bindingCodeWrong: 5213,
      foreignHome: 5636,
    }),
  },
  'code/permissions-turned: tells the permission codes apart in another way': {
    override: coded({
      userMayNotBind: 5327,
      productNotForUser: 5358,
      productGrantsNone: 5041,
      // It cannot know the domains of a product that it does not know.
      productUnknown: 5229,
    }),
  },
  'code/either-way: takes Bearer alone for a bad token, another scheme for none, and any well-formed bindingCode':
    reads('wrong-code/accepted bearer-alone/bad other-scheme/missing'),
  // Lenient and strict where the document says nothing.
  'lenient/everything: makes what is due out of other scalars, other Base64, and text around what it reads': reads(
    'types/coerced text-around/ignored secret-spaces/trimmed base64/any',
  ),
  'strict/everything: refuses unknown and repeated keys, other content types, a bitmask of 0 and odd characters': reads(
    'keys/strict bitmask-0/refused control-characters/refused media/415',
  ),
  'strict/random-once: refuses a random that it has seen before': reads('random-again/refused'),
  'unreadable/4xx: answers HTTP 4xx to what it cannot read: without a body, with a page, with problem details': {
    wire: inTurn([tooLarge, page, problem], (answer, other) => (answer.httpStatus < 400 ? answer : other)),
  },
  'unreadable/envelope: answers an envelope behind HTTP 200 to what it cannot read': reads(
    'methods/envelope unreadable/envelope',
  ),
  // Platforms that are slow, know fewer states, or give other fixtures.
  'platform/jitter: takes a few milliseconds, now more and now less, and most where it binds': {
    wire: delaying((answer) => 1 + Math.random() * 5 + (bodyText(answer).includes('"code":200,') ? 4 : 0)),
  },
  'platform/ready-alone: has the state of a ready device alone': missing((state) => state !== 'a device ready to bind'),
  'platform/no-homes: knows no homes': missing((state) => state.includes('home')),
  'platform/one-user: knows one user at a time and gives good tokens alone': missing((state) =>
    /two users|another user|token|whose every/.test(state),
  ),
  'platform/other-fixtures: gives tokens with their scheme, a pwd for every device and short bindingSecrets': reads(
    'token/with-scheme pwd/all secret-length/short',
  ),
  'platform/long-secrets: has bindingSecrets of three blocks': reads('secret-length/long'),
});

/** An order of checks: the code of the device is compared last. */
function order(names: readonly DecisionName[]): Difference {
  // A decision that was moved forward is not asked again.
  return { override: { order: [...new Set([...names, 'bindingCodeIsDevices' as const])] } };
}

/** Some readings, whose ids are separated by spaces; they are taken in the order of the list of readings. */
function reads(
  ids: string,
  dialects?: Variant['dialects'],
  asked: readonly DecisionName[] = correct.order,
): Omit<Variant, 'id' | 'differs'> {
  const chosen = readings.filter(({ id }) => ids.split(' ').includes(id));
  return dialects === undefined ? buildServer(chosen, asked) : { ...buildServer(chosen, asked), dialects };
}

/** Answers are edited in several ways, one after the other. */
function inTurn<Way>(ways: readonly Way[], edit: (answer: ServedResponse, way: Way) => ServedResponse): Wire {
  let turn = 0;
  return answering((answer) => {
    turn += 1;
    return edit(answer, ways[turn % ways.length] as Way);
  });
}

/** Some states are not supported. */
function missing(isMissing: (state: StateName) => boolean): Difference {
  return { states: (setup) => (state, id) => (isMissing(state) ? undefined : setup(state, id)) };
}
