import type { Block } from './blocks.ts';
import { wordText } from './cells.ts';
import { type Label, readLabel } from './label.ts';
import type { Section } from './words.ts';

/** Where the operations of a page are, as indexes of its blocks. */
export type FoundOperations = {
  /** The first block of each operation, and the address in it as written. */
  readonly starts: readonly { readonly start: number; readonly address: string }[];
  /** The line of the address in the head of a whole document. */
  readonly head: number | undefined;
  /** The end of the last operation: the appendix of a whole document, or the end of the page. */
  readonly end: number;
};

type Labels = readonly (Label | undefined)[];

/** Finds the operations of a page by their addresses. */
export function findOperations(blocks: readonly Block[]): FoundOperations {
  const labels = blocks.map(readLabel);
  const all = labels.flatMap((label, index) => (label?.section === 'path' ? [index] : []));
  const called = all.findLast((index) => nextSection(labels, index) === 'method') ?? 0;
  const appendix = blocks.findIndex(
    (block, index) => index > called && block.kind === 'heading' && /^(?:appendix|附录)$/i.test(block.text.trim()),
  );
  const end = appendix < 0 ? blocks.length : appendix;
  const ofHead = all.find((index) => isHeadAddress(labels, index));
  const addresses = all.filter((index) => index < end && !isHeadAddress(labels, index));
  return {
    starts: addresses.map((address, index) => ({
      start: findStart(blocks, labels, addresses[index - 1] ?? -1, address),
      address: addressText(blocks, labels, address),
    })),
    head: ofHead === undefined ? undefined : blocks[ofHead]?.line,
    end,
  };
}

/**
 * Whether an address is in the head of a whole document: it is the address of the API's description, with the host, the
 * contacts or the version above it. The English templates call it URL, as they do for an operation.
 */
function isHeadAddress(labels: Labels, address: number): boolean {
  const next = nextSection(labels, address);
  if (next === 'method') return false;
  const above = labels.slice(0, address);
  const own = above.slice(above.findLastIndex((label) => !isBeside(label)) + 1);
  const isPlain = labels[address]?.rest.startsWith('`') !== true;
  return own.some((label) => label?.section === 'head') || (next === 'path' && isPlain);
}

function nextSection(labels: Labels, address: number): Section | undefined {
  return labels.slice(address + 1).find((label) => !isBeside(label))?.section;
}

/** Whether a block has no label, or one that may be above or below an address in any template. */
function isBeside(label: Label | undefined): boolean {
  if (label === undefined) return true;
  const { section, response } = label;
  return response === undefined && (section === undefined || ['head', 'remark', 'description'].includes(section));
}

/**
 * The first block of an operation: the heading directly above its address, or, in the older template, the heading above
 * the description above its address.
 * @param previous the address of the operation before.
 */
function findStart(blocks: readonly Block[], labels: Labels, previous: number, address: number): number {
  const isOfOther = (label: Label | undefined): boolean => !isBeside(label) || label?.section === 'head';
  const first = previous + 1 + labels.slice(previous + 1, address).findLastIndex(isOfOther) + 1;
  const headings = (from: number, to: number): number => {
    const at = blocks.slice(from, to).findLastIndex(({ kind }) => kind === 'heading');
    return at < 0 ? -1 : from + at;
  };
  const isNext = (heading: number, to: number): boolean =>
    heading >= 0 && labels.slice(heading + 1, to).every((label) => label === undefined || label.section === 'remark');
  const heading = headings(first, address);
  if (isNext(heading, address)) return heading;
  const described = labels.findLastIndex(
    (label, index) => index >= first && index < address && label?.section === 'description',
  );
  const titled = described < 0 ? -1 : headings(first, described);
  return isNext(titled, described) ? titled : address;
}

/** The value of an address, which may be on the next line. */
function addressText(blocks: readonly Block[], labels: Labels, address: number): string {
  const rest = wordText(labels[address]?.rest ?? '');
  const below = blocks[address + 1];
  return rest === '' && below?.kind === 'text' ? wordText(below.text) : rest;
}
