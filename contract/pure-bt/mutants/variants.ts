import type { ServedResponse, Wire } from '../../../spec/http.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Behaviour, DecisionName } from '../../../spec/pure-bt/reference/decision.ts';
import type { DialectValues } from '../../../spec/pure-bt/settings.ts';
import { buildServer } from '../../mutants/draw.ts';
import { makeServers, type Variant } from '../../mutants/mutant.ts';
import { answering, bodyText, delaying, withContentType, withFields, withoutFields } from '../../mutants/operators.ts';
import { readings } from './readings/all-readings.ts';
import { page, problem, tooLarge } from './readings/http.ts';
import { coded, type Difference, onRefusals, onSuccesses } from './server.ts';

/** Groups of checks in the reference's order; the first groups need no other check before them. */
const given = ['pkGiven', 'dkGiven', 'bindingCodeGiven', 'signatureGiven', 'newSecretGiven'] as const;
const formats = ['dkFormat', 'bindingCodeFormat', 'deviceNameFormat', 'pwdFormat', 'randomFormat'] as const;
const product = ['productKnown', 'productAuthorised'] as const;
const proofs = ['signatureMatches', 'encryptedBindingCodeReadable', 'newSecretReadable', 'oldSecretReadable'] as const;
const device = ['deviceFound', 'dataCentreIsHere', 'sharingNotAccepted'] as const;
const rights = ['userMayBind', 'productIsForUser', 'productGrants'] as const;
const home = ['fidFitsHomeMode', 'homeIsOwn', 'roleMayBind', 'commonListWritable'] as const;

/** An order that decrypts the code before it verifies the signature. */
const codeBeforeSignature: readonly DecisionName[] = correct.order.flatMap((name) => {
  if (name === 'encryptedBindingCodeReadable') return [];
  return name === 'signatureMatches' ? ['encryptedBindingCodeReadable', name] : [name];
});

/** Every server that differs from the reference but is also correct. */
export const variants: readonly Variant<Behaviour>[] = makeServers<ReturnType<typeof withReadings>>({
  // The document gives no order of checks: every order is correct, as long as every check is made.
  'order/formats-last: checks formats after all records': order([
    'token',
    ...[given, product, rights, home, device, formats, proofs].flat(),
  ]),
  'order/fields-backwards: checks the fields from the last to the first': order([
    'token',
    ...[[...given].reverse(), [...formats].reverse(), product, proofs, device, rights, home].flat(),
  ]),
  'order/token-late: checks the token after the fields': order([
    ...[...given, ...formats, 'token' as const],
    ...[product, proofs, device, rights, home].flat(),
  ]),
  'order/signature-first: verifies the signature before it checks any field': order([
    ...(['token', 'signatureGiven', 'signatureMatches'] as const),
    ...[given, formats, product, proofs.slice(1), device, rights, home].flat(),
  ]),
  'order/home-first: checks the home first': order([
    'token',
    ...[home, rights.slice(0, 1), given, formats, product, rights.slice(1), device, proofs].flat(),
  ]),
  'order/proofs-last: decrypts and verifies after all look-ups': order([
    'token',
    ...[given, formats, product, device, rights, home, [...proofs].reverse()].flat(),
  ]),
  'order/mode-before-holder: checks the binding mode and the old bindingSecret before the holder': withReadings(
    'bind-order/modeAllows-oldSecretIsStored-notBoundByUser',
  ),
  'order/common-list-after-bind: writes the common-device list after the bind, and keeps the bind if that fails':
    withReadings('common-list/after-bind'),
  // Envelopes with the same meaning but another form.
  'shape/verified-0: answers that a bind is not verified, with more text': {
    wire: onSuccesses(withFields({ msg: 'success', data: { verified: 0, deviceId: 7 }, extMsg: 'not verified yet' })),
  },
  'shape/data-absent: leaves data and extMsg out of a refusal': { wire: onRefusals(withoutFields('data', 'extMsg')) },
  'shape/localised: answers in Chinese, with a hint in extMsg': {
    wire: onRefusals(withFields({ msg: '请求被拒绝', extMsg: '请参阅手册' })),
  },
  'shape/request-id: adds an id to the msg of every refusal': withReadings('msg/request-id'),
  'shape/more-fields: sends more fields than the document, in another order, on many lines': withReadings(
    'more-fields/some json/indented',
  ),
  'shape/content-type: writes the media type in other ways': {
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
  'shape/headers: sends extra headers, and verified as text as in the document':
    withReadings('verified/text headers/many'),
  // The other reading of each dialect setting; also under the default dialect, if the reading is a warning there.
  'dialect/success-0: answers success with code 0': withReadings('success-code/0'),
  'dialect/success-any: answers a bind with code 0 in a home and 200 without one': {
    dialects: [{ successCode: 'any' }],
    override: {
      answer: (ending) => correct.answer(ending.bound && ending.attempt?.fields.fid ? { ...ending, code: 0 } : ending),
    },
  },
  'dialect/signed-decrypted: expects a signature over the decrypted bindingCode': withReadings(
    'signed-code/decrypted',
    undefined,
    codeBeforeSignature,
  ),
  'dialect/signed-either: accepts a signature over the bindingCode in either form': withReadings(
    'signed-code/either',
    undefined,
    codeBeforeSignature,
  ),
  'dialect/both-codes-refused: rejects both forms of the bindingCode at once': withReadings('both-codes/refused', [
    { bothBindingCodes: 'refuse' },
    {},
  ]),
  'dialect/signature-any-case: accepts a signature in upper case': withReadings('signature-case/any', [
    { signatureCase: 'any' },
    {},
  ]),
  'dialect/pwd-six-digits: has passwords of six digits': withReadings('pwd-format/six-digits', [
    { pwdPattern: '[0-9]{6}' },
    {},
  ]),
  'dialect/name-limit-64: accepts a deviceName of up to 64 characters': withReadings('name-limit/64', [
    { deviceNameLimit: 64 },
  ]),
  'dialect/other-units: counts the bytes of a deviceName, and accepts a pwd in any script': withReadings(
    'name-unit/bytes pwd-format/any-script',
  ),
  'dialect/unknown-dk-refused: rejects an unknown dk': withReadings('unknown-dk/refused', [
    { unknownDk: 'refused' },
    {},
  ]),
  'dialect/unknown-dk-own-code: rejects an unknown dk with a code of its own': withReadings('unknown-dk/own-code'),
  'dialect/wide-formats: has wide formats, and compares no bindingCode': withReadings(
    'dk-format/wide code-format/wide pwd-format/wide wrong-code/accepted encrypted-code/own-code',
  ),
  'dialect/six-digit-codes: has bindingCodes of six digits, and bindingSecrets of at most 16 characters': withReadings(
    'code-format/six-digits secret-length/limit encrypted-code/own-code',
  ),
  'dialect/old-secret-ignored: ignores an old bindingSecret of an unbound device': withReadings('old-unbound/ignored', [
    { oldSecretWhenUnbound: 'ignored' },
    {},
  ]),
  'dialect/no-sibling-codes: is tested without the codes of sibling pages': { dialects: [{ siblingCodes: 'refuse' }] },
  // Other codes, for faults without a documented code or with several that are not distinguishable.
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
  'code/own: uses its own codes where the document has none': {
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
  'code/document-alone: uses only codes of the document': {
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
  'code/permissions-turned: uses the permission codes in another way': {
    override: coded({
      userMayNotBind: 5327,
      productNotForUser: 5358,
      productGrantsNone: 5041,
      // An unknown product has no known user domains.
      productUnknown: 5229,
    }),
  },
  'code/either-way: treats only "Bearer" as a bad token and another scheme as no token, and accepts any well-formed bindingCode':
    withReadings('wrong-code/accepted bearer-alone/bad other-scheme/missing'),
  // Lenient or strict where the document says nothing.
  'lenient/everything: converts other scalars, accepts other Base64 forms, and ignores text around the JSON':
    withReadings('types/coerced text-around/ignored secret-spaces/trimmed base64/any'),
  'strict/everything: rejects unknown and repeated keys, other content types, a bitmask of 0 and control characters':
    withReadings('keys/strict bitmask-0/refused control-characters/refused media/415'),
  'strict/random-once: rejects a random that it has seen before': withReadings('random-again/refused'),
  'unreadable/4xx: answers HTTP 4xx to an unreadable body: without a body, with a page, with problem details': {
    wire: inTurn([tooLarge, page, problem], (answer, other) => (answer.httpStatus < 400 ? answer : other)),
  },
  'unreadable/envelope: answers an unreadable body with HTTP 200 and an envelope': withReadings(
    'methods/envelope unreadable/envelope',
  ),
  // Platforms that are slow, support fewer states, or return other fixtures.
  'platform/jitter: adds a few random milliseconds, more for a bind': {
    wire: delaying((answer) => 1 + Math.random() * 5 + (bodyText(answer).includes('"code":200,') ? 4 : 0)),
  },
  'platform/locks-devices: answers 5049 to everyone while it binds a device': withReadings('time/locked'),
  'platform/ready-alone: supports only the state of a ready device': missing(
    (state) => state !== 'a device ready to bind',
  ),
  'platform/no-homes: supports no homes': missing((state) => state.includes('home')),
  'platform/one-user: supports one user at a time and returns only good tokens': missing((state) =>
    /two users|another user|token|every device/.test(state),
  ),
  'platform/other-fixtures: returns tokens with their scheme, a pwd for every device and short bindingSecrets':
    withReadings('token/with-scheme pwd/all secret-length/short'),
  'platform/long-secrets: returns bindingSecrets of three blocks': withReadings('secret-length/long'),
});

/** An order of checks; the device's code is compared last. */
function order(names: readonly DecisionName[]): Difference {
  // A decision that was moved forward is not made again.
  return { override: { order: [...new Set([...names, 'bindingCodeIsDevices' as const])] } };
}

/**
 * A server with some readings. Their ids are separated by spaces; they apply in the order of the list of readings.
 * @param dialects what to judge it under; by default the settings that its readings need.
 */
function withReadings(
  ids: string,
  dialects?: readonly Partial<DialectValues>[],
  asked: readonly DecisionName[] = correct.order,
): Difference & { readonly dialects?: readonly Partial<DialectValues>[] } {
  const chosen = readings.filter(({ id }) => ids.split(' ').includes(id));
  const needed = Object.assign({}, ...chosen.map(({ dialect }) => dialect));
  return { ...buildServer(correct, { readings: chosen, order: asked }), dialects: dialects ?? [needed] };
}

function inTurn<Way>(ways: readonly Way[], edit: (answer: ServedResponse, way: Way) => ServedResponse): Wire {
  let turn = 0;
  return answering((answer) => {
    turn += 1;
    return edit(answer, ways[turn % ways.length] as Way);
  });
}

function missing(isMissing: (state: string) => boolean): Difference {
  return { changeFixture: (fixture, state) => (isMissing(state) ? undefined : fixture) };
}
