import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readDocumentFile, readDocuments } from '../document/read-document.ts';
import { contractPage } from '../document/testing/contract-page.ts';
import { changed, page } from '../document/testing/pages.ts';
import { openApiName, readOpenApi } from '../pure-bt/contract-file.ts';
import { type CheckedPage, checkPage, pageOfContract } from './check-page.ts';
import { makeContractPage } from './contract-page.ts';

const good = contractPage();
const yaml = readOpenApi();

function check(text: string, contract = yaml): CheckedPage {
  const described = makeContractPage(openApiName, contract);
  return checkPage(pageOfContract(readDocuments(text, 'page.md'), described), described);
}

/** The differences as `subject what: contract | page`. */
function differences(text: string, contract = yaml): readonly string[] {
  return check(text, contract).differences.map(
    ({ subject, what, before = '–', after = '–' }) => `${subject} ${what}: ${before} | ${after}`,
  );
}

const operation = 'POST /v2/binding/enduserapi/deviceBindingByPureBt';

test('finds no difference in a page of the contract', () => {
  expect(check(good)).toMatchObject({ differences: [], translated: 0 });
});

test.each<[what: string, piece: string | RegExp, other: string, want: string | readonly string[]]>([
  ['a field removed', /\| &emsp;&emsp;frid .*\n/, '', 'request field frid was removed: string: Room ID | –'],
  [
    'a field added',
    /(\| &emsp;&emsp;frid .*\n)/,
    '$1| &emsp;&emsp;zone | Zone |  | false | string |  |\n',
    'request field zone was added: – | string: Zone',
  ],
  [
    'a format',
    'false | integer(int32)',
    'false | integer(int64)',
    'request field capabilitiesBitmask has another format: int32 | int64',
  ],
  [
    'a required mark',
    'Family ID |  | false',
    'Family ID |  | true',
    'request field fid is now required: optional | required',
  ],
  [
    'a required form',
    /(&emsp;bindingCode .*) false/,
    '$1 true',
    'request field bindingCode is now required: optional | required',
  ],
  [
    'a value of the answer',
    '0-Not verified',
    '2-Not verified',
    [
      'response field data.verified no longer lists 0: 0-Not verified | –',
      'response field data.verified now lists 2: – | 2-Not verified',
    ],
  ],
  [
    'a capital and a full stop',
    '| Room ID |',
    '| ROOM ID. |',
    'request field frid is written differently: Room ID | ROOM ID.',
  ],
  ['white space', '| Room ID |', '| Room  ID |', []],
  [
    'the formula',
    'SHA256(pk+dk+',
    'SHA256(dk+pk+',
    expect.stringMatching(/^request field signature is computed .*pk\+dk.* \| .*dk\+pk/),
  ],
  ['a code removed', /\| 5361 .*\n/, '', 'code 5361 was removed: Incorrect DK format | –'],
  [
    'a meaning',
    'Incorrect DK format',
    'Incorrect DK length',
    'code 5361 has another meaning: Incorrect DK format | Incorrect DK length',
  ],
  [
    'a capital in a meaning',
    'Incorrect DK format',
    'Incorrect dk format',
    'code 5361 is worded differently: Incorrect DK format | Incorrect dk format',
  ],
  [
    'the class of the answer',
    '«Verified»',
    '«Bound»',
    expect.stringMatching(/^code 200 has another schema: .*«Verified» \| .*«Bound»$/),
  ],
  [
    'a class',
    '| BindDevicePureBtParam | Bind',
    '| Param | Bind',
    'request body has another class: BindDevicePureBtParam | Param, BindDevicePureBtParam',
  ],
  [
    'a header of the answer',
    '**Response Parameters**:',
    '**Response Header**:\n\n| Parameter Name | Parameter Description | Data Type |\n| --- | --- | --- |\n| X-A | a | string |\n\n**Response Parameters**:',
    'response header x-a was added: – | string: a',
  ],
  ['the method', '`POST`', '`PUT`', `${operation} has another method: POST | PUT`],
  ['the title', /^# .*/, '# Bind', `${operation} has another title: Pure Bluetooth Device Binding | Bind`],
  [
    'the description',
    '`Pure Bluetooth device binding`',
    '`Binds`',
    expect.stringContaining(`${operation} is worded differently`),
  ],
  [
    'the request data type',
    ':`application/json`',
    ':`text/plain`',
    expect.stringContaining('request content type application/json is now text/plain'),
  ],
  ['the response data type', ':`*/*`', ':`text/plain`', 'response content type text/plain was added: – | –'],
])('reports %s and nothing else', (_, piece, other, want) => {
  expect(differences(changed(good, piece, other))).toEqual([want].flat());
});

test('reports both places of a difference', () => {
  const lineNumber = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;
  const [mark] = check(changed(good, 'Room ID |  | false', 'Room ID |  | true')).differences;
  expect(mark?.at).toEqual({
    before: { line: lineNumber(yaml, '\n    frid:') + 1, pointer: '#/components/schemas/frid' },
    after: { line: lineNumber(good, 'emsp;frid') },
  });
  const [code] = check(changed(good, 'Incorrect DK format', 'x')).differences;
  expect(code?.at.before).toMatchObject({ line: lineNumber(yaml, 'code: 5361') });
});

test('reports a change of the contract like one of the page', () => {
  const oneForm = changed(yaml, /(random, signature\]\n {6}properties:\n {8}bindingCode)/, 'fid, $1');
  expect(differences(good, oneForm)).toEqual([]);
  const stricter = yaml.replaceAll('random, signature]', 'random, signature, fid]');
  expect(differences(good, stricter)).toEqual(['request field fid is now optional: required | optional']);
});

test('chooses the operation with the method of the contract, and refuses a path with others', () => {
  const put = good.replace('`POST`', '`PUT`');
  expect(differences(`${put}\n\n${good}`)).toEqual([]);
  expect(check(put).differences.map(({ rule }) => rule)).toEqual(['method-changed']);
  expect(() => check(`${put}\n\n${good.replace('`POST`', '`PATCH`')}`)).toThrow(
    /several operations have the path \/v2\/binding.*: PUT .*, PATCH .*; choose one, such as --operation 'PUT \/v2/,
  );
});

test('refuses the page of another operation', () => {
  expect(() => check(page('lamp-scene.md'))).toThrow(
    /^page\.md:4: this is the page of POST \/v2\/lamp\/enduserapi\/saveScene \(line 4\), but the contract is POST \/v2\/binding/,
  );
});

/** The page with Chinese labels and words, and the same formulas. */
const chinese = changed(
  good
    .replace('**Request Parameters**', '**请求参数**')
    .replace('# Pure Bluetooth Device Binding', '# 绑定')
    .replace('Room ID', '房间')
    .replace('Incorrect DK format', 'dk格式不正确')
    .replaceAll('Algorithm:', '算法：')
    .replace('Registration code response data', '响应数据'),
  '1-Verified',
  '1-已认证',
);

test.each<[string, string | RegExp, string, number]>([
  ['nothing', '', '', 0],
  ['prose', '| Family ID |', '| Home |', 0],
  ['a meaning', 'Device not bound', 'OK', 0],
  ['a required mark', '房间 |  | false', '房间 |  | true', 1],
  ['a code', '| 5361 |', '| 5362 |', 2],
  ['a value', '<br/>8-Matter', '', 1],
  ["a value's meaning in the contract's language", '4-BLE<', '4-NFC<', 1],
  ['a formula', 'SHA256(pk+dk+', 'SHA256(dk+pk+', 1],
  ['a removed formula', 'SHA256(pk+dk+bindingCode+pwd+userDomainSecret)', '', 1],
  ['the class of the answer', '«Verified»', '«Bound»', 1],
  ['another class', '| BindDevicePureBtParam | Bind', '| Param | Bind', 1],
])('compares all of a Chinese page except its words: %s', (_, piece, other, want) => {
  const { differences: found, translated } = check(piece === '' ? chinese : changed(chinese, piece, other));
  expect(found).toHaveLength(want);
  expect(translated).toBe(44);
});

const vendor = new URL('../../../shared/document/', import.meta.url);

test.skipIf(!existsSync(vendor)).each(['deviceBindingByPureBt.md', 'siblings/deviceBindingByPureBt.zh.md'])(
  "finds no difference in the vendor's %s",
  (name) => {
    const document = readDocumentFile(new URL(name, vendor).pathname);
    expect(document.notUnderstood).toEqual([]);
    expect(checkPage(document, makeContractPage(openApiName, yaml)).differences).toEqual([]);
  },
);
