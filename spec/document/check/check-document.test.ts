import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readOpenApi } from '../../openapi.ts';
import { readDocument, readDocumentFile } from '../read-document.ts';
import { contractPage } from '../testing/contract-page.ts';
import { changed, page } from '../testing/pages.ts';
import { checkDocument } from './check-document.ts';

const good = contractPage();
const yaml = readOpenApi();
const catalogue = readFileSync(new URL('../../pure-bt/catalogue.ts', import.meta.url), 'utf8');

/** What differs, as `kind subject: page | contract`. */
function differences(text: string, contract = yaml): readonly string[] {
  return checkDocument([readDocument(text, 'page.md')], contract).differences.map(
    ({ kind, subject, page: said, contract: told }) => `${kind} ${subject}: ${said ?? '–'} | ${told ?? '–'}`,
  );
}

test('a page that says what the contract says has no difference', () => {
  expect(checkDocument([readDocument(good, 'page.md')])).toMatchObject({ differences: [], translated: 0 });
});

test.each([
  ['a field removed', /\| &emsp;&emsp;frid .*\n/, '', 'field param.frid: – | it is there'],
  ['a field renamed', 'emsp;frid ', 'emsp;roomId ', 'field param.frid: it is called roomId | it is called frid'],
  [
    'a field added',
    /(\| &emsp;&emsp;frid .*\n)/,
    '$1| &emsp;&emsp;zone | Zone |  | false | string |  |\n',
    'field param.zone: it is there, string | –',
  ],
  [
    'a parameter of the query',
    /(\| param .*\n)/,
    '| zone | Zone | query | false | string |  |\n$1',
    'field zone: it is there, string | –',
  ],
  [
    'a type',
    'Family ID |  | false | string',
    'Family ID |  | false | integer(int64)',
    'type param.fid: integer(int64) | string',
  ],
  [
    'a format',
    'false | integer(int32)',
    'false | integer(int64)',
    'type param.capabilitiesBitmask: integer(int64) | integer(int32)',
  ],
  ['a mark set', 'Family ID |  | false', 'Family ID |  | true', 'required param.fid: required | not required'],
  ['a mark taken back', 'Device Key |  | true', 'Device Key |  | false', 'required param.dk: not required | required'],
  ['a mark that is none', 'Family ID |  | false', 'Family ID |  | maybe', 'required param.fid: no mark | not required'],
  ['a form required', /(&emsp;bindingCode .*) false/, '$1 true', 'required param.bindingCode: required | not required'],
  ['a value removed', '<br/>8-Matter', '', 'enumeration param.capabilitiesBitmask: no value 8 | 8-Matter'],
  [
    'a value added',
    '<br/>8-Matter',
    '<br/>8-Matter<br/>16-NFC',
    'enumeration param.capabilitiesBitmask: 16-NFC | no value 16',
  ],
  ["a value's meaning", '4-BLE<', '4-NFC<', 'enumeration param.capabilitiesBitmask: 4-NFC | 4-BLE'],
  [
    'a value of the answer',
    '0-Not verified',
    '2-Not verified',
    [
      'enumeration response data.verified: no value 0 | 0-Not verified',
      'enumeration response data.verified: 2-Not verified | no value 2',
    ],
  ],
  ['a description', '| Room ID |', '| Room |', 'description param.frid: Room | Room ID'],
  [
    'the words before an enumeration',
    'Device network capabilities:',
    'Abilities:',
    'description param.capabilitiesBitmask: Abilities: | Device network capabilities:',
  ],
  [
    'the formula',
    'SHA256(pk+dk+',
    'SHA256(dk+pk+',
    expect.stringMatching(/^description param\.signature: .*dk\+pk.* \| .*pk\+dk/s),
  ],
  ['a code removed', /\| 5361 .*\n/, '', 'code code 5361: – | Incorrect DK format'],
  ['a code added', /(\| 5361 .*\n)/, '$1| 5362 | No such DK |  |\n', 'code code 5362: No such DK | –'],
  [
    'a code renumbered',
    '| 5361 |',
    '| 5362 |',
    'code code 5361: Incorrect DK format is 5362 | Incorrect DK format is 5361',
  ],
  [
    'a meaning',
    'Incorrect DK format',
    'Incorrect DK length',
    'meaning code 5361: Incorrect DK length | Incorrect DK format',
  ],
  [
    'the class of the answer',
    '«Verified»',
    '«Bound»',
    'type the answer of code 200: Registration code response data«Bound» | Registration code response data«Verified»',
  ],
  ['a field of the answer', /\| &emsp;&emsp;verified .*\n/, '', 'field response data.verified: – | it is there'],
  [
    'the type of a field of the answer',
    'string(byte)',
    'integer(int32)',
    'type response data.verified: integer(int32) | string(byte)',
  ],
  [
    'a header of the answer',
    '**Response Parameters**:',
    '**Response Header**:\n\n| Parameter Name | Parameter Description | Data Type |\n| --- | --- | --- |\n| X-A | a | string |\n\n**Response Parameters**:',
    'field response header X-A: it is there, string | –',
  ],
  ['the method', '`POST`', '`PUT`', 'method the method: PUT | POST'],
  ['the title', /^# .*/, '# Bind', expect.stringMatching(/^title the title: Bind \| /)],
  [
    'the request data type',
    ':`application/json`',
    ':`text/plain`',
    'mediaType the request data type: text/plain | application/json',
  ],
  ['the response data type', ':`*/*`', ':`text/plain`', 'mediaType the response data type: text/plain | */*'],
] as const)('%s is named, and nothing else', (_, piece, other, wanted) => {
  expect(differences(changed(good, piece, other))).toEqual([wanted].flat());
});

test('both places of a difference are named', () => {
  const line = yaml.split('\n').indexOf('    frid:') + 1;
  const [difference] = checkDocument([
    readDocument(changed(good, 'Room ID |  | false', 'Room ID |  | true'), 'dir/page.md'),
  ]).differences;
  expect(difference).toMatchObject({
    pageAt: { file: 'dir/page.md', line: good.split('\n').findIndex((text) => text.includes('emsp;frid')) + 1 },
    contractAt: { file: 'spec/pure-bt/openapi.yaml', line, pointer: '#/components/schemas/frid' },
  });
  const [code] = checkDocument([readDocument(changed(good, 'Incorrect DK format', 'x'), 'page.md')]).differences;
  expect(code?.contractAt).toEqual({
    file: 'spec/pure-bt/catalogue.ts',
    line: catalogue.split('\n').findIndex((text) => text.includes('code: 5361')) + 1,
  });
});

test('a change of the contract is named as one of the page is', () => {
  expect(
    differences(good, changed(yaml, /(random, signature\]\n {6}properties:\n {8}bindingCode)/, 'fid, $1')),
  ).toEqual([]);
  const stricter = yaml.replaceAll('random, signature]', 'random, signature, fid]');
  expect(differences(good, stricter)).toEqual(['required param.fid: not required | required']);
});

test('the page of another operation is refused', () => {
  expect(() => differences(page('lamp-scene.md'))).toThrow(
    /^page\.md:4: this is the page of POST \/v2\/lamp\/enduserapi\/saveScene, and the contract is POST \/v2\/binding/,
  );
});

/** The page with Chinese labels and words, and the same formulas. */
function translated(text: string): string {
  return changed(
    text
      .replaceAll('**Request Parameters**', '**请求参数**')
      .replaceAll('Room ID', '房间')
      .replaceAll('Incorrect DK format', 'dk格式不正确')
      .replaceAll('Algorithm:', '算法：')
      .replaceAll('Registration code response data', '响应数据'),
    '1-Verified',
    '1-已认证',
  );
}

test('a page in Chinese is compared but for its words', () => {
  const chinese = translated(good);
  expect(differences(chinese)).toEqual([]);
  expect(checkDocument([readDocument(chinese, 'page.md')]).translated).toBe(44);
  expect(differences(changed(chinese, '房间 |  | false', '房间 |  | true'))).toEqual([
    'required param.frid: required | not required',
  ]);
  expect(differences(changed(chinese, '| 5361 |', '| 5362 |'))).toHaveLength(2);
  expect(differences(changed(chinese, '<br/>8-Matter', ''))).toHaveLength(1);
  expect(differences(changed(chinese, 'SHA256(pk+dk+', 'SHA256(dk+pk+'))).toHaveLength(1);
  expect(differences(changed(chinese, '«Verified»', '«Bound»'))).toHaveLength(1);
});

const vendor = new URL('../../../../shared/document/', import.meta.url);

test.skipIf(!existsSync(vendor)).each(['deviceBindingByPureBt.md', 'siblings/deviceBindingByPureBt.zh.md'])(
  "the vendor's %s says what the contract says",
  (name) => {
    const document = readDocumentFile(new URL(name, vendor).pathname);
    expect(document.notUnderstood).toEqual([]);
    expect(checkDocument([document]).differences).toEqual([]);
  },
);
