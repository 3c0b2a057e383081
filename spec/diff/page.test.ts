import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { importDocument } from '../document/import/import-document.ts';
import { readDocument } from '../document/read-document.ts';
import { compareSpecs } from './compare-specs.ts';
import { readSpec } from './read-spec.ts';
import { changeLines, edited, lampPage } from './testing/change-lines.ts';

const dim = '| &emsp;&emsp;dim | Brightness, default is 80 | | false | integer(int32) | |\n';
const side = '| &emsp;&emsp;&emsp;&emsp;side | Side of the switch: 0-left 1-right | | false | string | |\n';

describe('reports one edit of a page as one change', () => {
  test.each<[part: string, by: string, want: string]>([
    ['| 7002 | Room is full | |\n', '', 'breaking code-removed: code 7002 was removed'],
    ['| 7004 |', '| 7005 | Lamp is dark | |\n| 7004 |', 'risky code-added: code 7005 was added'],
    ['| 7002 |', '| 7012 |', 'breaking code-renumbered: code 7002 (Room is full) is now 7012'],
    ['Room is full', 'Room is locked', 'breaking code-meaning-changed: code 7002 has another meaning'],
    ['Room is full', 'Full is room', 'harmless code-reworded: code 7002 is worded differently'],
    [
      'lamp+room+lampSecret',
      'room+lamp+lampSecret',
      'breaking algorithm-changed: request field proof is computed differently',
    ],
    ['SHA256(', 'SHA512(', 'breaking algorithm-changed: request field proof is computed differently'],
    [
      'in lower-case hex',
      'in upper-case hex',
      'breaking algorithm-text-changed: request field proof describes its algorithm differently',
    ],
    [
      ', in lower-case hex',
      ', written in lower-case hex',
      'risky algorithm-reworded: request field proof describes its algorithm in other words',
    ],
    ['2-Cold', '2-Hot', 'breaking value-meaning-changed: request field mode has another meaning for 2'],
    [
      '1-Warm<br/>2-Cold',
      '1-Cold<br/>2-Warm',
      'breaking values-swapped: request field mode has swapped the meanings of 1 and 2',
    ],
    ['<br/>3-Party', '', 'breaking request-value-removed: request field mode no longer lists 3'],
    ['<br/>3-Party', '<br/>3-Party<br/>4-Off', 'risky request-value-added: request field mode now lists 4'],
    [
      '0-left 1-right',
      '0-right 1-left',
      'breaking values-swapped: request field switches[].side has swapped the meanings of 0 and 1',
    ],
    ['at most 32', 'at most 16', 'breaking stated-limit-changed: request field lamp describes another limit'],
    ['default is 80', 'default is 90', 'breaking stated-default-changed: request field dim describes another default'],
    [
      'Room of the lamp',
      'The room of this lamp',
      'harmless description-reworded: request field room is worded differently',
    ],
    [
      'Room of the lamp',
      'Room of the lamp, never empty',
      'risky description-changed: request field room has another description',
    ],
    [
      'Room of the lamp | | false',
      'Room of the lamp | | true',
      'breaking request-field-required: request field room is now required',
    ],
    [
      '32 characters | | true',
      '32 characters | | false',
      'risky request-field-optional: request field lamp is now optional',
    ],
    [
      'false | integer(int32) | |\n| &emsp;&emsp;room',
      'false | string | |\n| &emsp;&emsp;room',
      'breaking request-other: request field mode has another type',
    ],
    ['integer(int64)', 'integer(int32)', 'risky response-tighter: response field data.since has another format'],
    ['| msg | Message | string | |\n', '', 'breaking response-field-removed: response field msg was removed'],
    [
      '| msg | Message',
      '| extMsg | More | string | |\n| msg | Message',
      'risky response-field-added: response field extMsg was added',
    ],
    [dim, '', 'breaking request-field-removed: request field dim was removed'],
    [
      dim,
      `${dim}| &emsp;&emsp;hue | Hue | | false | string | |\n`,
      'risky request-field-added: request field hue was added',
    ],
    [
      dim,
      `${dim}| &emsp;&emsp;hue | Hue | | true | string | |\n`,
      'breaking request-field-added-required: request field hue was added and is required',
    ],
    [side, '', 'breaking request-field-removed: request field switches[].side was removed'],
    [
      '| &emsp;&emsp;room |',
      '| &emsp;&emsp;chamber |',
      'breaking request-field-renamed: request field room was renamed to chamber',
    ],
    ['`POST`', '`PUT`', 'breaking method-changed: POST /v2/lamps/bindLamp has another method'],
    ['/v2/lamps', '/v3/lamps', 'breaking path-changed: POST /v2/lamps/bindLamp has another path'],
    [
      'application/json',
      'application/xml',
      'breaking request-media-changed: request content type application/json is now application/xml',
    ],
    ['# Bind Lamp', '# Bind a Lamp', 'harmless remark-changed: POST /v2/lamps/bindLamp has another title'],
  ])('%j → %j', (part, by, want) => {
    expect(changeLines(lampPage, edited(lampPage, [part, by]), 'page.md')).toEqual([want]);
  });
});

describe('reports no change of a page for', () => {
  test.each<[string, readonly (readonly [string, string])[]]>([
    ['the same page', []],
    [
      'white space, full-width signs and capitals',
      [
        ['Light mode:', 'light  mode：'],
        ['Room is full', 'ROOM IS FULL。'],
      ],
    ],
    ['spaces in a formula', [['SHA256(lamp+room+lampSecret)', 'SHA256( lamp + room + lampSecret )']]],
    ['full-width brackets in a formula', [['SHA256(lamp+room+lampSecret)', 'SHA256（lamp＋room＋lampSecret）']]],
    [
      'another order of rows',
      [
        [dim, ''],
        ['| &emsp;&emsp;room |', `${dim}| &emsp;&emsp;room |`],
      ],
    ],
    [
      'another order of codes',
      [
        ['| 7001 | Lamp is unknown | |\n', ''],
        ['| 7004 |', '| 7001 | Lamp is unknown | |\n| 7004 |'],
      ],
    ],
    ['wider columns', [['| 7002 | Room is full | |', '|  7002   |   Room is full   |   |']]],
  ])('%s', (_, edits) => {
    expect(changeLines(lampPage, edited(lampPage, ...edits), 'page.md')).toEqual([]);
  });
});

test('reports a change of a quoted character', () => {
  const comma = edited(lampPage, ['in lower-case hex', 'parts joined by ","']);
  expect(changeLines(comma, edited(comma, ['","', '"，"']), 'page.md')).toEqual([
    'breaking algorithm-text-changed: request field proof describes its algorithm differently',
  ]);
});

test('reports the lines of a change on both pages', () => {
  const after = edited(lampPage, ['# Bind Lamp\n', '# Bind Lamp\n\n\n'], ['| 7002 | Room is full | |\n', '']);
  const [change] = compareSpecs(readSpec('old.md', lampPage), readSpec('new.md', after)).changes;
  const line = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;
  expect(change?.at).toEqual({ before: { line: line(lampPage, '| 7002') }, after: { line: line(after, '| 7001 ') } });
});

describe('a page and its imported openapi.yaml', () => {
  const yaml = stringify(importDocument(readDocument(lampPage, 'page.md')).document, { aliasDuplicateObjects: false });
  const changes = (before: string, after: string): readonly string[] => {
    const read = (text: string): ReturnType<typeof readSpec> => readSpec(text === yaml ? 'lamp.yaml' : 'page.md', text);
    return compareSpecs(read(before), read(after)).changes.map(({ severity, rule }) => `${severity} ${rule}`);
  };

  test('are the same', () => {
    expect([changes(lampPage, yaml), changes(yaml, lampPage)]).toEqual([[], []]);
  });

  test.each([
    ['| 7002 | Room is full | |\n', '', 'breaking code-removed'],
    ['lamp+room+lampSecret', 'room+lamp+lampSecret', 'breaking algorithm-changed'],
    ['2-Cold', '2-Hot', 'breaking value-meaning-changed'],
    ['Room of the lamp | | false', 'Room of the lamp | | true', 'breaking request-field-required'],
    ['integer(int64)', 'string', 'breaking response-other'],
    [dim, '', 'breaking request-field-removed'],
  ])('differ by %j', (part, by, want) => {
    expect(changes(yaml, edited(lampPage, [part, by]))).toEqual([want]);
  });
});

test('refuses pages of two different operations', () => {
  const other = edited(
    lampPage,
    ['bindLamp', 'listRooms'],
    ['&emsp;lamp ', '&emsp;page '],
    ['&emsp;mode ', '&emsp;size '],
    ['&emsp;proof ', '&emsp;sort '],
  );
  expect(() => changeLines(lampPage, other, 'page.md')).toThrow(
    /^page.md:4: this describes POST \/v2\/lamps\/bindLamp but page.md:4 describes POST \/v2\/lamps\/listRooms: they have nothing in common; give two versions of the same document$/,
  );
});
