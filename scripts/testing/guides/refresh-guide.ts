import { contractPage } from '../../../spec/document/testing/contract-page.ts';
import { openStage, type Played } from './play.ts';
import type { CodeBlock, Guide } from './read-guide.ts';
import { readSteps, refresh, writeSteps } from './transcript.ts';

/** Two pages of the vendor: that of the contract, and one with another signed field and another code. */
function vendorPages(): Readonly<Record<string, string>> {
  const old = contractPage();
  const signature = old.split('\n').find((line) => line.startsWith('| &emsp;&emsp;signature ')) ?? '';
  const code = old.split('\n').find((line) => line.startsWith('| 5067 ')) ?? '';
  const newer = old
    .replace(signature, `| &emsp;&emsp;requestId | Request ID |  | true | string |  |\n${signature}`)
    .replace('pwd+userDomainSecret)', 'pwd+requestId+userDomainSecret)')
    .replace(code, `${code}\n| 5071 | Please enter request ID |  |`);
  return { 'old.md': old, 'new.md': newer };
}

/** A load on a busy machine is not valid (exit code 3), so it is repeated. */
const mostTries = 3;

/** Commands that the reader does not need to see are in a comment: `<!-- $ bindgate … -->`. */
const hidden = /^<!-- \$ (.*) -->$/gm;

/**
 * Runs the commands of a page and returns its text with the current output; equal output stays unchanged.
 * A block `console exit=1` ends with exit code 1. A block with `file=NAME`, in any language, is a file in the reader's folder.
 */
export async function refreshGuide(
  { name, text, blocks }: Guide,
  paces: readonly CodeBlock['pace'][],
  fresh = false,
): Promise<string> {
  const acts: readonly { readonly start: number; readonly block?: CodeBlock; readonly command?: string }[] = [
    ...blocks.map((block) => ({ start: block.start, block })),
    ...[...text.matchAll(hidden)].map(({ index, 1: command = '' }) => ({ start: index, command })),
  ].sort((one, other) => one.start - other.start);
  if (!acts.some(({ block }) => block?.language === 'console' && paces.includes(block.pace))) return text;
  await using stage = await openStage();
  for (const [file, page] of Object.entries(vendorPages())) stage.write(file, page);
  let refreshed = '';
  let done = 0;
  for (const { block, command } of acts) {
    if (command !== undefined) await stage.play(command);
    if (block?.file !== undefined) stage.write(block.file, `${block.text}\n`);
    if (block?.language !== 'console' || !paces.includes(block.pace)) continue;
    const shown = await playBlock(block, `${name}:${block.line}`);
    const fence = text.slice(block.start, block.end).split('\n');
    refreshed += `${text.slice(done, block.start)}${[fence[0], shown, fence.at(-1)].join('\n')}`;
    done = block.end;
  }
  return refreshed + text.slice(done);

  async function playBlock(block: CodeBlock, where: string): Promise<string> {
    const steps = readSteps(block.text);
    const played: { command: string; quoted: readonly string[] }[] = [];
    for (const { command, quoted } of steps) {
      const { exitCode, lines } = await playValid(command, block.pace === 'quiet' ? mostTries : 1);
      const expected = played.length === steps.length - 1 ? block.exitCode : 0;
      if (exitCode !== expected)
        throw new Error(
          `${where}: expected exit code ${expected} of "${command}", got ${exitCode}:\n${lines.join('\n')}`,
        );
      played.push({ command, quoted: refresh(quoted[0] === '' && quoted.length === 1 ? [] : quoted, lines, fresh) });
    }
    return writeSteps(played);
  }

  async function playValid(command: string, tries: number): Promise<Played> {
    const played = await stage.play(command);
    return played.exitCode === 3 && tries > 1 ? playValid(command, tries - 1) : played;
  }
}
