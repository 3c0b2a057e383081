import { refuse } from '../document-error.ts';
import type { Block } from './blocks.ts';
import { wordText } from './cells.ts';
import { type Label, readLabel } from './label.ts';
import type { Section } from './words.ts';

/** The blocks of an operation, and those of the whole document around it. */
export type OperationBlocks = {
  /** The address as written. */
  readonly address: string;
  readonly blocks: readonly Block[];
  /** Before the first operation; empty for any other. */
  readonly head: readonly Block[];
  /** After the last operation, the appendix of a whole document; empty for any other. */
  readonly appendix: readonly Block[];
  /** Whether the page ends with `blocks`, so that it may be cut there. */
  readonly isEnd: boolean;
};

type Labels = readonly (Label | undefined)[];

/** Finds the operations of a page by their addresses. @throws DocumentError if it has none. */
export function findOperations(blocks: readonly Block[], file: string): readonly OperationBlocks[] {
  const labels = blocks.map(readLabel);
  const all = labels.flatMap((label, index) => (label?.section === 'path' ? [index] : []));
  const called = all.findLast((index) => nextSection(labels, index) === 'method') ?? 0;
  const appendix = blocks.findIndex(
    (block, index) => index > called && block.kind === 'heading' && /^(?:appendix|附录)$/i.test(block.text.trim()),
  );
  const end = appendix < 0 ? blocks.length : appendix;
  const addresses = all.filter((index) => index < end && !isHeadAddress(labels, index));
  if (addresses.length === 0) {
    const head = all.find((index) => isHeadAddress(labels, index));
    const why =
      head === undefined
        ? `no line says "API Address" (接口地址), so this is not the vendor's page of an operation; export that page`
        : 'this is the head of a whole document without any operation; export it again';
    refuse(file, head === undefined ? 1 : blocks[head]?.line, `${why} as Markdown and give the file`);
  }
  const starts = addresses.map((address, index) => findStart(blocks, labels, addresses[index - 1] ?? -1, address));
  return addresses.map((address, index) => {
    const isLast = index === addresses.length - 1;
    return {
      address: addressText(blocks, labels, address),
      blocks: blocks.slice(starts[index], starts[index + 1] ?? end),
      head: index === 0 ? blocks.slice(0, starts[index]) : [],
      appendix: isLast ? blocks.slice(end) : [],
      isEnd: isLast && end === blocks.length,
    };
  });
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
