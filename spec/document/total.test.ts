import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DocumentError } from './document-error.ts';
import { readDocuments } from './read-document.ts';
import { page, pageNames } from './testing/pages.ts';

/** What the reader makes of a text, as one text; an error as its message, which must name file and line. */
function readAsText(text: string): string {
  try {
    return JSON.stringify(readDocuments(text, 'page.md'));
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    if (!/^page\.md:[1-9]\d*: \S/.test(error.message)) throw new Error(`no file and line in: ${error.message}`);
    return error.message;
  }
}

const numRuns = 60;
const pages = fc.constantFrom(...pageNames).map(page);
const word = 'q7Sentinel7q';

/** A page in which a word stands where an arbitrary character begins. */
const withWord = fc
  .tuple(pages, fc.nat())
  .map(([text, at]) => [text.slice(0, at % text.length), text.slice(at % text.length)] as const)
  .map(([before, after]) => before + word + after);

test('a word put anywhere on a page is in the model, in the list or ends the reading', () => {
  const check = (text: string): void => {
    const read = readAsText(text);
    if (!/^page\.md:\d/.test(read)) expect(read).toContain(word);
  };
  fc.assert(fc.property(withWord, check), { seed: 42, numRuns });
});

test('a line put anywhere on a page is in the model, in the list or ends the reading', () => {
  const lines = fc.constantFrom(
    ...[
      word,
      `**${word}**: x`,
      `# ${word}`,
      `| ${word} |`,
      `| a | ${word} | c | d | e | f |`,
      `- ${word}`,
      `> ${word}`,
    ],
    ...[
      `<p>${word}</p>`,
      `    ${word}`,
      `[${word}]: /x`,
      `**Request Parameters**:${word}`,
      `\`\`\`\n${word}\n\`\`\``,
      `[^${word}]`,
    ],
  );
  const at = (text: string, line: string, position: number): string => {
    const all = text.split('\n');
    return [...all.slice(0, position % all.length), line, ...all.slice(position % all.length)].join('\n');
  };
  const check = (text: string, line: string, position: number): void => {
    const read = readAsText(at(text, line, position));
    if (!/^page\.md:\d/.test(read)) expect(read).toContain(word);
  };
  fc.assert(fc.property(pages, lines, fc.nat(), check), { seed: 42, numRuns });
});

test('every cell and every line of a page is in the model or in the list', () => {
  for (const name of pageNames) {
    const text = page(name);
    const read = readAsText(text).replace(/\\n|\\t/g, ' ');
    for (const line of text.split('\n')) {
      // The labels, the headings of tables and the lines below them are the page's form, not its content.
      if (
        /^\s*$|^\| -|^\*\*[^*]+\*\*:$|^\| (?:Parameter Name|Status Code|参数名称|状态码|name|code) |^```|^\[TOC\]$|^暂无$|^None$/.test(
          line,
        )
      )
        continue;
      const value = line.replace(/^\*\*[^*]+\*\*:/, '');
      for (const piece of pieces(value)) expect(read, `${name}: ${line}`).toContain(JSON.stringify(piece).slice(1, -1));
    }
  }
});

function pieces(line: string): readonly string[] {
  const cells = line.startsWith('|') ? line.split(/(?<!\\)\|/) : [line];
  return cells
    .flatMap((cell) =>
      cell
        .replaceAll('&emsp;', '')
        .replaceAll('\\|', '|')
        .split(/<br\/>|<\/?p>|`/),
    )
    .map((piece) => piece.replace(/^[#\s]+/, '').trim())
    .filter((piece) => piece !== '');
}

test('no part of a page cut out breaks the reader', () => {
  const cut = fc.tuple(pages, fc.nat(), fc.nat()).map(([text, from, length]) => {
    const start = from % text.length;
    return text.slice(0, start) + text.slice(start + (length % (text.length - start)));
  });
  fc.assert(
    fc.property(cut, (text) => void readAsText(text)),
    { seed: 42, numRuns },
  );
});

test('no text breaks the reader', () => {
  const pieces = fc.constantFrom(
    '|',
    '\n',
    '**',
    ':',
    '`',
    '```',
    '#',
    '&emsp;',
    '---',
    '接口地址',
    'API Address',
    'Request Method',
    '/a',
    ' ',
  );
  fc.assert(
    fc.property(
      fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' })), { maxLength: 60 }),
      (all) => void readAsText(all.join('')),
    ),
    { seed: 42, numRuns },
  );
});
