import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { readOpenApi } from '../pure-bt/contract-file.ts';
import { changeLines, edited } from './testing/change-lines.ts';

const contract = readOpenApi();

/** The contract without `x-codes`, like a document from another tool: its examples have the codes. */
const withoutList = contract.replace(/^ {6}x-codes:\n(?: {8}.*\n)+/m, '');
const listed = contract.replaceAll(', basis: inferred', '');

describe('codes', () => {
  test.each<[string, readonly (readonly [string, string])[], readonly string[]]>([
    [
      'a removed code',
      [['        - { code: 5361, meaning: Incorrect DK format }\n', '']],
      [
        'breaking code-removed: code 5361 was removed',
        'harmless remark-changed: response content type application/json has another example E5361',
      ],
    ],
    [
      'another meaning',
      [['Product binding mode is unique, cannot bind repeatedly', 'Device is locked']],
      ['breaking code-meaning-changed: code 5412 has another meaning'],
    ],
    [
      'another number',
      [
        ['code: 5361', 'code: 5371'],
        ['E5361', 'E5371'],
      ],
      ['breaking code-renumbered: code 5361 (Incorrect DK format) is now 5371'],
    ],
    [
      'two swapped codes',
      [
        ['Device already bound', 'SWAP'],
        ['Device not bound', 'Device already bound'],
        ['SWAP', 'Device not bound'],
      ],
      ['breaking codes-swapped: codes 5049, 5052 have swapped their meanings'],
    ],
    ['a full stop and a capital', [['meaning: Incorrect DK format', 'meaning: Incorrect dk format.']], []],
  ])('%s', (_, edits, want) => {
    expect(changeLines(contract, edited(contract, ...edits))).toEqual(want);
  });

  test('are read from examples if there is no list', () => {
    expect(withoutList).not.toMatch(/^ *x-codes:/m);
    expect(changeLines(listed, withoutList)).toEqual([]);
    const locked = edited(withoutList, ['Product binding mode is unique, cannot bind repeatedly', 'Device is locked']);
    expect(changeLines(withoutList, locked)).toEqual(['breaking code-meaning-changed: code 5412 has another meaning']);
  });

  test('are one change if all are removed', () => {
    const bare = parse(withoutList);
    const [path] = Object.values(bare.paths) as [{ post: { responses: { 200: { content: Record<string, object> } } } }];
    const media = path.post.responses[200].content['application/json'] as { examples?: unknown };
    delete media.examples;
    const [first, ...others] = changeLines(withoutList, stringify(bare));
    expect(first).toMatch(
      /^breaking codes-all-removed: codes 200, 5032, .* were all removed: the new document lists no codes$/,
    );
    expect(others).toEqual([]);
  });
});

describe('reports one edit of the contract as one change', () => {
  test.each<[part: string, by: string, want: string]>([
    [
      "pattern: '^[0-9A-Za-z]{4,32}$'",
      "pattern: '^[0-9A-Za-z]{4,16}$'",
      'breaking request-tighter: request field dk has another pattern',
    ],
    [
      "pattern: '^[0-9A-Za-z]{4,32}$'",
      "pattern: '^[0-9A-Za-z]{4,64}$'",
      'risky request-looser: request field dk has another pattern',
    ],
    [
      "pattern: '^[0-9A-Za-z]{4,32}$'",
      "pattern: '^[0-9A-F]{4,32}$'",
      'breaking request-other: request field dk has another pattern',
    ],
    [
      '      maxLength: 254\n',
      '      maxLength: 100\n',
      'breaking request-tighter: request field deviceName has another maxLength',
    ],
    [
      '      maxLength: 254\n',
      '      maxLength: 300\n',
      'risky request-looser: request field deviceName has another maxLength',
    ],
    ['      maxLength: 254\n', '', 'risky request-looser: request field deviceName no longer has maxLength'],
    [
      '      minimum: 0\n',
      '      minimum: 1\n',
      'breaking request-tighter: request field capabilitiesBitmask has another minimum',
    ],
    [
      '      default: true\n',
      '      default: false\n',
      'breaking request-default-changed: request field isCommonDevice has another default',
    ],
    [
      "type: [boolean, 'null']",
      "type: [string, 'null']",
      'breaking request-other: request field isCommonDevice has another type',
    ],
    [
      "type: [boolean, 'null']",
      'type: boolean',
      'breaking request-tighter: request field isCommonDevice may no longer be null',
    ],
    [
      'required: [pk, dk, bindingCode, encryptedNewBindingSecret, random, signature]',
      'required: [pk, dk, bindingCode, encryptedNewBindingSecret, random, signature, fid]',
      'breaking request-field-required: request field fid (form PlainBindingRequest) is now required',
    ],
    [
      'required: [pk, dk, encryptedBindingCode, encryptedNewBindingSecret, random, signature]',
      'required: [pk, dk, encryptedBindingCode, encryptedNewBindingSecret, random]',
      'risky request-field-optional: request field signature (form EncryptedBindingRequest) is now optional',
    ],
    [
      "        frid:\n          $ref: '#/components/schemas/frid'\n",
      '',
      'breaking request-field-removed: request field frid was removed',
    ],
    [
      'required: [code, msg, data]',
      'required: [code, msg]',
      'breaking response-field-optional: response field data (form SuccessEnvelope) is now optional',
    ],
    [
      "enum: [0, 1, '0', '1']",
      "enum: [0, 1, 2, '0', '1']",
      'risky response-value-added: response field data.verified also allows 2',
    ],
    [
      "enum: [0, 1, '0', '1']",
      "enum: [1, '0', '1']",
      'risky response-tighter: response field data.verified no longer allows 0',
    ],
    [
      'const: 200\n          type',
      'const: 0\n          type',
      'breaking response-other: response field code (form SuccessEnvelope) no longer allows 200 and also allows 0',
    ],
    [
      'SHA256(pk+dk+bindingCode+pwd+userDomainSecret)',
      'SHA256(pk+dk+pwd+bindingCode+userDomainSecret)',
      'breaking algorithm-changed: request field signature is computed differently',
    ],
    [
      'hex. With encryptedBindingCode',
      'Base64. With encryptedBindingCode',
      'breaking algorithm-text-changed: request field signature describes its algorithm differently',
    ],
    [
      '1-WAN\n',
      '1-LTE\n',
      'breaking value-meaning-changed: request field capabilitiesBitmask has another meaning for 1',
    ],
    [
      '0-Not verified 1-Verified',
      '0-Verified 1-Not verified',
      'breaking values-swapped: response field data.verified has swapped the meanings of 0 and 1',
    ],
    [
      'Room ID, a room of the family.',
      'Room ID of one of the rooms.',
      'harmless description-reworded: request field frid is worded differently',
    ],
    [
      'frid:\n      description: Room ID, a room of the family. Not signed.',
      'frid:\n      description: Room ID, a room of the family. Signed.',
      'risky description-changed: request field frid has another description',
    ],
    [
      '/v2/binding/enduserapi/deviceBindingByPureBt',
      '/v3/binding/enduserapi/deviceBindingByPureBt',
      'breaking path-changed: POST /v2/binding/enduserapi/deviceBindingByPureBt has another path',
    ],
    [
      '    post:\n',
      '    put:\n',
      'breaking method-changed: POST /v2/binding/enduserapi/deviceBindingByPureBt has another method',
    ],
    [
      '    content:\n          application/json:\n            schema:\n',
      '    content:\n          text/json:\n            schema:\n',
      'breaking request-media-changed: request content type application/json is now text/json',
    ],
    [
      '      scheme: bearer\n',
      '      scheme: basic\n',
      'breaking security-changed: security accessToken has another scheme',
    ],
    ['security:\n  - accessToken: []\n', '', 'risky security-removed: security accessToken was removed'],
    [
      'http://127.0.0.1:8080',
      'http://127.0.0.1:9090',
      'risky server-changed: server http://127.0.0.1:8080 is now http://127.0.0.1:9090',
    ],
    ["        '200':\n          description: The", "        '201':\n          description: A", 'breaking'],
    [
      'operationId: deviceBindingByPureBt',
      'operationId: bindPureBt',
      'harmless remark-changed: POST /v2/binding/enduserapi/deviceBindingByPureBt has another operationId',
    ],
    ['\n  version: 1.0.0', '\n  version: 2.0.0', 'harmless remark-changed: the document has another version'],
    [
      '      x-source: inferred\n      type: string\n      pattern',
      '      x-source: document\n      type: string\n      pattern',
      'harmless remark-changed: request field random has another x-source',
    ],
  ])('%j → %j', (part, by, want) => {
    const changes = changeLines(contract, edited(contract, [part, by]));
    if (want === 'breaking') expect(changes[0]).toMatch(/^breaking/);
    else expect(changes).toEqual([want]);
  });
});

describe('reports no change for', () => {
  test('the same text', () => {
    expect(changeLines(contract, contract)).toEqual([]);
  });

  test('another order of keys, codes, fields and forms, as JSON', () => {
    expect(changeLines(contract, JSON.stringify(reversed(parse(contract)), undefined, 1))).toEqual([]);
  });

  test('other names of schemas and of the security scheme', () => {
    const renamed = edited(
      contract,
      ['PlainBindingRequest', 'ClearRequest'],
      ['accessToken', 'token'],
      ['schemas/dk', 'schemas/key'],
    );
    expect(
      changeLines(contract, renamed.replace('\n    dk:\n      description', '\n    key:\n      description')),
    ).toEqual([]);
  });

  test('full-width punctuation, white space, capitals and typographic quotes in a description', () => {
    const looks = edited(
      contract,
      ['Device Key: 4 to 32', 'DEVICE KEY： ４ to 32'],
      ['do not make decisions', 'do  not   make decisions'],
      ['Device name. A longer name', 'Device name. a longer name'],
    );
    expect(changeLines(contract, looks)).toEqual([]);
  });
});

/** Reverses every list and object; no list of the contract has a meaningful order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed).reverse();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}
