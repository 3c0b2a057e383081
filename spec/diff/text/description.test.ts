import { expect, describe as group, test } from 'vitest';
import { compareTexts, describe } from './description.ts';

const kinds = (before: string, after: string): readonly string[] => compareTexts(before, after).map(({ kind }) => kind);

group('reads from a description', () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ['Mode:<br/>1-Warm<br/>2-Cold', { 1: 'Warm', 2: 'Cold' }],
    ['Mode: 0-Off  1-On', { 0: 'Off', 1: 'On' }],
    ['Mode: 1-LAN(WiFi)+WAN, 2-BLE. It may be left out.', { 1: 'LAN(WiFi)+WAN', 2: 'BLE' }],
    ['模式：1：暖光、2：冷光', { 1: '暖光', 2: '冷光' }],
    ['Filter: false-show all (default)  true-hide old', { false: 'show all (default)', true: 'hide old' }],
    ['Mode:<br/>1 Many users<br/>2 One owner', { 1: 'Many users', 2: 'One owner' }],
    ['Type: 1 by number 2 by radio 3 by key', { 1: 'by number', 2: 'by radio', 3: 'by key' }],
    ['From 1-64 characters of UTF-8', {}],
    ['A 16-byte key', {}],
    ['Wait 3 seconds', {}],
  ])('%j', (text, values) => {
    expect(describe(text).values).toEqual(values);
  });

  test.each<[string, readonly string[]]>([
    ['Signature<br/>Algorithm: SHA256(pk+dk+secret)', ['SHA256(pk+dk+secret)']],
    [
      'BASE64(AES_128_CBC(PKCS5Padding(a), key=K, iv=random)), in one line',
      ['BASE64(AES_128_CBC(PKCS5Padding(a), key=K, iv=random))'],
    ],
    ['the MD5 of lamp + room', ['lamp + room']],
    ['算法：SHA256（a＋b）', ['SHA256(a+b)']],
    ['MD5(token)', ['MD5(token)']],
    ['One of the device(s), see above (default)', []],
    ['f(a+b', ['a+b']],
  ])('formulas of %j', (text, formulas) => {
    expect(describe(text).formulas).toEqual(formulas);
  });
});

group('compares two descriptions', () => {
  test.each<[string, string, readonly string[]]>([
    ['Name of the lamp', 'The name of the lamp', ['reworded']],
    ['Name of the lamp', 'NAME of the lamp.', []],
    ['Name of the lamp', 'Name<br/>of the lamp', []],
    ['Name, not empty', 'Name, empty', ['prose']],
    ['Sent as bindingCode', 'Sent as bindingKey', ['prose']],
    ['名称，必须填写', '名称，填写', ['prose']],
    ['At most 32 characters', 'At most 64 characters', ['limit']],
    ['Length < 32', 'Length > 32', ['limit']],
    ['Range -5 to 5', 'Range 5 to 5', ['limit']],
    ['长度不超过32位', '长度不超过64位', ['limit']],
    ['At most 32 characters', 'May have at most 32 characters', ['limit']],
    ['Size, default is 10 items', 'Size, default is 20 items', ['default']],
    ['Whether to hide, default false', 'Whether to hide, default true', ['default']],
    ['List it (added by default)', 'List it (not added by default)', ['default']],
    ['SHA256(a+b)', 'SHA256(b+a)', ['formula']],
    ['SHA256(a+b)', 'SHA256(a+b+c)', ['formula']],
    ['SHA256(a+b)', 'sha256( A + B )', []],
    ['SHA256(a+b), hex', 'SHA256(a+b), Base64', ['algorithm']],
    ['SHA256(name+code)<br/>The code is sent first', 'SHA256(name+code)<br/>The code is sent last', ['algorithm']],
    ['Signature: bindingCode, then deviceKey', 'Signature: deviceKey, then bindingCode', ['algorithm']],
    ['Signature of the lamp', 'The signature of the lamp', ['algorithm-reworded']],
    ['AES with key PS', 'AES with key PT', ['algorithm']],
    ['Kind: 1-a, 2-b', 'Kind: 1-a', ['values-gone']],
    ['Kind: 1-a, 2-b', 'Kind: 1-a, 2-b, 3-c', ['values-new']],
    ['Kind: 1-a, 2-b', 'Kind: 1-b, 2-a', ['values-swapped']],
    ['Kind: 1-a, 2-b', 'Kind: 1-c, 2-b', ['values-other']],
    ['Kind: 1-a, 2-b', 'Sort: 2-b, 1-a', ['reworded']],
    ['Kind: 1-a, 2-b. MD5(x+y)', 'Kind: 1-c, 2-b. MD5(y+x)', ['values-other', 'formula']],
    ['Device name', '设备名称', ['translated']],
    ['Kind: 1-on 2-off', '种类：1-开 3-关', ['values-gone', 'values-new', 'translated']],
    ['', 'Device name', ['reworded']],
    [`${'long '.repeat(4000)}a`, `${'long '.repeat(4000)}b`, ['prose']],
    ['a'.repeat(20_000), 'A'.repeat(20_000), ['prose']],
  ])('%.60j → %.60j', (before, after, want) => {
    expect(kinds(before, after)).toEqual(want);
    expect(kinds(after, before)).toHaveLength(want.length);
    expect(kinds(before, before)).toEqual([]);
  });
});
