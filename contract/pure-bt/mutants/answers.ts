import { gzipSync } from 'node:zlib';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Behaviour, Refusal } from '../../../spec/pure-bt/reference/decision.ts';
import {
  answering,
  changing,
  readCode,
  withContentType,
  withFields,
  withHeaders,
  withoutFields,
  withStatus,
  withText,
} from '../../mutants/operators.ts';
import { changed, changedBy, coded, type Mutant, onCodes, onRefusals, onSuccesses } from './server.ts';

/** A correct refusal with the code of another one: for each documented code, callers do something different. */
const wrongCodes: readonly (readonly [refusal: Refusal, instead: number, killedBy: string])[] = [
  ['tokenMissing', 5032, 'token/missing token/blank'],
  ['tokenBad', 5106, 'token/not-a-jwt token-state/expired'],
  ['pkMissing', 5067, 'pk/absent'],
  ['dkMissing', 5361, 'dk/absent dk/null dk/empty'],
  ['dkFormat', 5067, 'dk/too-short dk/too-long'],
  ['bindingCodeMissing', 5213, 'code/absent'],
  ['bindingCodeFormat', 5179, 'fresh-device/code-too-short'],
  ['deviceNameTooLong', 5357, 'name/too-long'],
  ['deviceNameTooLong', 5361, 'name/far-too-long'],
  ['dkMissing', 5066, 'dk/absent'],
  ['pkMissing', 5314, 'pk/absent pk/null'],
  ['tokenBad', 5041, 'token/not-a-jwt token-state/refresh'],
  ['bindingCodeMissing', 5361, 'code/absent'],
  ['dkFormat', 5213, 'dk/too-short fresh-device/dk-two-lines'],
  ['bindingCodeFormat', 5361, 'fresh-device/code-too-short'],
  ['sharingAccepted', 5412, 'sharing/accepted'],
  ['otherDataCentre', 5229, 'data-centre/other'],
  ['fidMissing', 5669, 'home/on-without-fid'],
  ['ordinaryMember', 5636, 'home/ordinary-member'],
  ['boundByAnother', 5041, 'mode-single'],
  ['pwdFormat', 5333, 'pwd/malformed'],
  ['productUnknown', 5066, 'pk/unknown'],
  ['productNotAuthorised', 5327, 'product/not-authorised'],
  ['deviceNotFound', 5052, 'cloud/look-up-fails'],
  ['otherDataCentre', 5314, 'data-centre/other'],
  ['userMayNotBind', 5669, 'permission/user'],
  ['productNotForUser', 5229, 'permission/product'],
  ['productGrantsNone', 5229, 'permission/product-grants-none'],
  ['sharingAccepted', 5049, 'sharing/accepted'],
  ['fidMissing', 5624, 'home/on-without-fid'],
  ['homeModeOff', 5636, 'home/off-with-fid'],
  ['ordinaryMember', 5041, 'home/ordinary-member'],
  ['commonListFails', 5041, 'home/common-list-fails'],
  ['notBound', 5049, 'unbound/old-secret'],
  ['alreadyBound', 5412, 'already-bound already-bound/second-request'],
  ['boundByAnother', 5049, 'mode-single two-users/single'],
];

/** Correct decisions with wrong answers. */
export const answerMutants: readonly Mutant[] = [
  // With wrong codes.
  ...wrongCodes.flatMap(([refusal, instead, killedBy]) => {
    const id = `code/${correct.codes[refusal]}-as-${instead}${refusal === 'productUnknown' ? '-for-pk' : ''}`;
    const breaks = `answers ${instead} instead of ${correct.codes[refusal]} (${refusal})`;
    return changed({ [`${id}: ${breaks} -> ${killedBy}`]: coded({ [refusal]: instead }) });
  }),
  ...changedBy(asSuccess, {
    'code/already-bound-as-success: answers success instead of 5049 -> already-bound replay/same-request':
      'alreadyBound',
    'code/bound-by-another-as-success: answers success instead of 5412 -> mode-single': 'boundByAnother',
    'code/sharing-accepted-as-success: answers success instead of 6040 -> sharing/accepted': 'sharingAccepted',
    'code/common-list-as-success: answers success instead of 5893 -> home/common-list-fails': 'commonListFails',
  }),
  ...changed({
    'code/success-is-0: answers success with code 0, as in the response example -> bind/plain bind/home': {
      successCode: 0,
    },
    'code/success-is-0-encrypted: answers success with code 0 if the bindingCode is encrypted -> bind/code/encrypted': {
      answer: (ending) =>
        correct.answer(ending.bound && ending.attempt?.fields.encryptedBindingCode ? { ...ending, code: 0 } : ending),
    },
    'code/one-for-all: answers every refusal with 5000 -> dk/absent token/missing mode-single': {
      answer: (ending) => correct.answer(ending.bound ? ending : { ...ending, code: 5000 }),
    },
  }),
  // With a wrong HTTP status: every business outcome must have HTTP 200.
  ...changedBy(([httpStatus, ...codes]: readonly number[]) => onCodes(codes, withStatus(httpStatus ?? 200)), {
    'http/token-401: answers HTTP 401 to a bad token -> token/missing token-state/expired': [401, 5032, 5106],
    'http/permission-403: answers HTTP 403 to a user who may not bind -> home/ordinary-member permission/user': [
      403, 5041, 5669,
    ],
    'http/not-found-404: answers HTTP 404 to what it cannot find -> cloud/look-up-fails pk/unknown': [404, 5314],
    'http/conflict-409: answers HTTP 409 if the device is bound -> already-bound mode-single': [409, 5049, 5412],
    'http/failure-500: answers HTTP 500 for its own failure -> home/common-list-fails': [500, 5893],
    'http/signature-403: answers HTTP 403 to a wrong signature -> signature/middle-digit': [403, 5420],
    'http/other-centre-421: answers HTTP 421 for another data centre -> data-centre/other': [421, 6083],
    'http/redirect-307: redirects to the other data centre -> data-centre/other': [307, 6083],
    'http/success-201: answers HTTP 201 to a bind -> bind/plain mode-multi': [201, 200],
  }),
  ...changed({
    'http/refusals-400: answers every refusal with HTTP 400 -> dk/too-short already-bound': answering((answer) =>
      readCode(answer) === 200 ? answer : withStatus(400)(answer),
    ),
    'http/success-204: answers HTTP 204 without a body to a bind -> bind/plain': onCodes([200], (answer) => ({
      ...answer,
      httpStatus: 204,
      body: Buffer.from(''),
    })),
  }),
  // With a wrong envelope: `{ code, msg, data: { verified }, extMsg }` as JSON.
  ...changedBy(
    onRefusals,
    {
      'envelope/code-as-text: writes the code of a refusal as text': changing('code', String),
      'envelope/code-absent: writes the code only in msg': ({ code, msg, ...rest }) => ({
        msg: `${code} ${msg}`,
        ...rest,
      }),
      'envelope/code-renamed: calls the code errorCode': ({ code, ...rest }) => ({ errorCode: code, ...rest }),
      'envelope/code-in-data: moves the code into data': ({ code, ...rest }) => ({ ...rest, data: { code } }),
      'envelope/code-negative: writes codes as negative numbers': changing('code', (code) => -Number(code)),
      'envelope/msg-null: sends msg null in a refusal': withFields({ msg: null }),
      'envelope/msg-absent: leaves msg out': withoutFields('msg'),
      'envelope/msg-object: writes msg as an object of languages': changing('msg', (en) => ({ en })),
      'envelope/data-in-refusal: sends the data of a success in a refusal': withFields({ data: { verified: 1 } }),
      'envelope/data-text: sends a text as data in a refusal': withFields({ data: '' }),
      'envelope/ext-msg-object: sends an object as extMsg': withFields({ extMsg: {} }),
      'envelope/list: answers with a list of errors': (envelope) => [envelope],
    },
    'dk/absent mode-single',
  ),
  ...changedBy(
    onSuccesses,
    {
      'envelope/code-as-text-200: writes the code of a success as text': changing('code', String),
      'envelope/msg-null-200: sends msg null in a success': withFields({ msg: null }),
      'envelope/data-absent: leaves data out of a success': withoutFields('data'),
      'envelope/data-null: sends data null in a success': withFields({ data: null }),
      'envelope/data-empty: sends empty data in a success': withFields({ data: {} }),
      'envelope/data-list: sends a list as data': changing('data', (data) => [data]),
      'envelope/verified-2: sends verified 2': withFields({ data: { verified: 2 } }),
      'envelope/verified-true: sends verified true': withFields({ data: { verified: true } }),
      'envelope/verified-null: sends verified null': withFields({ data: { verified: null } }),
      'envelope/verified-in-place-of-data: sends verified next to the code, not in data': ({ data: _, ...rest }) => ({
        ...rest,
        verified: 1,
      }),
      'envelope/wrapped: wraps the envelope in another object': (envelope) => ({ result: envelope }),
    },
    'bind/plain mode-multi',
  ),
  ...changedBy(
    (edit: Parameters<typeof withText>[0]) => answering(withText(edit)),
    {
      'envelope/twice-encoded: encodes its JSON twice': (text) => JSON.stringify(text),
      'envelope/trailing: writes extra text after the JSON': (text) => `${text}\nnull`,
      'envelope/prefixed: writes a protection prefix before the JSON': (text) => `)]}',\n${text}`,
      'envelope/cut: leaves out the last brace': (text) => text.slice(0, -1),
      'envelope/callback: wraps its JSON in a callback': (text) => `callback(${text})`,
      'envelope/empty: answers with an empty body': () => '',
      'envelope/html: answers with an HTML page': () => '<!doctype html><title>200</title>',
      'envelope/single-quotes: writes single quotes instead of double quotes': (text) => text.replaceAll('"', "'"),
      'envelope/byte-order-mark: writes a byte order mark before the JSON': (text) => `\ufeff${text}`,
      'envelope/utf-16: writes UTF-16 without a byte order mark': (text) => Buffer.from(text, 'utf16le'),
      'envelope/gzip: compresses the answer without a request for it': (text) => gzipSync(text),
      'envelope/latin-1: writes msg in Latin-1': (text) => Buffer.from(text.replace('"msg":"', '"msg":"ü'), 'latin1'),
    },
    'bind/plain dk/too-short',
  ),
  ...changed({
    'envelope/gzip-said: compresses with a content-encoding header but without a request for it -> bind/plain dk/too-short':
      answering((answer) => withHeaders(['content-encoding', 'gzip'])({ ...answer, body: gzipSync(answer.body) })),
    'envelope/two-megabytes: answers a bind with two megabytes -> bind/plain mode-multi': onCodes(
      [200],
      withText((text) => text.padEnd(2 * 1024 * 1024)),
    ),
  }),
  ...changedBy(
    (type: string) => answering(withContentType(type)),
    {
      'content-type/html: labels its JSON as text/html; charset=utf-8': 'text/html; charset=utf-8',
      'content-type/script: labels its JSON as application/javascript': 'application/javascript',
      'content-type/xml: labels its JSON as application/xml': 'application/xml',
      'content-type/xhtml: labels its JSON as application/xhtml+xml': 'application/xhtml+xml',
      'content-type/style: labels its JSON as text/css': 'text/css',
      'content-type/form: labels its JSON as application/x-www-form-urlencoded': 'application/x-www-form-urlencoded',
      'content-type/image: labels its JSON as image/svg+xml': 'image/svg+xml',
    },
    'bind/plain dk/too-short',
  ),
];

/** A refusal with the complete envelope of a success: only the outcome is wrong. */
function asSuccess(refusal: Refusal): Partial<Behaviour> {
  return { ...coded({ [refusal]: 200 }), envelope: (code) => correct.envelope(code, code === 200) };
}
