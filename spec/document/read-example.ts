import type { Block } from './blocks.ts';
import { type Draft, type Part, readLoose, responseFor } from './draft.ts';
import type { DocumentedExample } from './model.ts';
import { saysNothing } from './words.ts';

/** The code block of a part that shows a body. */
export function readExample(
  section: 'requestExample' | 'responseExample',
  { label, line, blocks }: Part,
  draft: Draft,
): void {
  const code = blocks.find((block) => block.kind === 'code');
  const rest = label?.rest ?? '';
  if (rest !== '' && !saysNothing(rest))
    draft.notUnderstood.push({ line, text: rest, why: 'a code block was looked for here' });
  const left = blocks.filter((block) => block !== code && (block.kind !== 'text' || !saysNothing(block.text)));
  if (code !== undefined) {
    const example = exampleOf(code);
    if (example.value === undefined && !/^text\b/.test(code.language)) {
      draft.notUnderstood.push({
        line: code.line,
        text: code.text.split('\n')[0] ?? '',
        why: 'the example is not JSON',
      });
    }
    if (section === 'responseExample')
      responseFor(draft, line, (response) => response.example !== undefined).example = example;
    else if (draft.requestExample === undefined) draft.requestExample = example;
    else left.push(code);
  }
  readLoose({ line, blocks: left }, draft);
}

function exampleOf({ line, language, text }: Extract<Block, { kind: 'code' }>): DocumentedExample {
  try {
    return { line, language, text, value: JSON.parse(text) as unknown };
  } catch {
    return { line, language, text };
  }
}
