import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DocumentError } from '../document-error.ts';
import { readDocuments } from './read-document.ts';
import { page, pageNames } from './testing/pages.ts';

/** The result of the reader as text, or its error message, which must have file and line. */
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

/** A page with a word inserted at any position. */
const withWord = fc
  .tuple(pages, fc.nat())
  .map(([text, at]) => [text.slice(0, at % text.length), text.slice(at % text.length)] as const)
  .map(([before, after]) => before + word + after);

function expectWord(text: string): void {
  const read = readAsText(text);
  if (!/^page\.md:\d/.test(read)) expect(read).toContain(word);
}

test('never loses a word that is inserted into a page', () => {
  fc.assert(fc.property(withWord, expectWord), { seed: 42, numRuns });
});

test('never loses a line that is inserted into a page', () => {
  const lines = fc.constantFrom(
    word,
    `**${word}**: x`,
    `# ${word}`,
    `| ${word} |`,
    `| a | ${word} | c | d | e | f |`,
    `- ${word}`,
    `> ${word}`,
    `<p>${word}</p>`,
    `    ${word}`,
    `[${word}]: /x`,
    `**Request Parameters**:${word}`,
    `\`\`\`\n${word}\n\`\`\``,
    `[^${word}]`,
  );
  const check = (text: string, line: string, position: number): void => {
    const all = text.split('\n');
    expectWord(all.toSpliced(position % all.length, 0, line).join('\n'));
  };
  fc.assert(fc.property(pages, lines, fc.nat(), check), { seed: 42, numRuns });
});

test('keeps every cell and every line of a page', () => {
  for (const name of pageNames) {
    const text = page(name);
    const read = readAsText(text).replace(/\\n|\\t/g, ' ');
    for (const line of text.split('\n')) {
      // Labels, table headers and delimiter lines are layout, not content.
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

test('reads or refuses a page with any part removed', () => {
  const cut = fc.tuple(pages, fc.nat(), fc.nat()).map(([text, from, length]) => {
    const start = from % text.length;
    return text.slice(0, start) + text.slice(start + (length % (text.length - start)));
  });
  fc.assert(
    fc.property(cut, (text) => void readAsText(text)),
    { seed: 42, numRuns },
  );
});

test('reads or refuses any text', () => {
  const pieces = fc.constantFrom(
    ...['|', '\n', '**', ':', '`', '```', '#', '&emsp;', '---', ' '],
    ...['接口地址', 'API Address', 'Request Method', '/a'],
  );
  fc.assert(
    fc.property(
      fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' })), { maxLength: 60 }),
      (all) => void readAsText(all.join('')),
    ),
    { seed: 42, numRuns },
  );
});
