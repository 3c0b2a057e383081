/** The README and the guides below docs/, as their tests need them: code blocks, links and anchors. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import GithubSlugger from 'github-slugger';
import type { Code, Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';

/** The folder of the project. */
export const project: string = join(import.meta.dirname, '..', '..', '..');

/** A fenced code block: its language, the words after that, and where the block is in the file. */
export type CodeBlock = {
  readonly language: string;
  readonly words: readonly string[];
  readonly text: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
};

/** A page of the documentation. */
export type Guide = {
  /** From the folder of the project, such as `docs/load.md`. */
  readonly name: string;
  readonly text: string;
  readonly blocks: readonly CodeBlock[];
  readonly links: readonly { readonly url: string; readonly line: number }[];
  readonly anchors: ReadonlySet<string>;
};

/** The names of all pages: the README first. */
export const guideNames: readonly string[] = [
  'README.md',
  ...readdirSync(join(project, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `docs/${name}`),
];

/** Reads one page of the project. */
export function readGuide(name: string): Guide {
  return parseGuide(name, readFileSync(join(project, name), 'utf8'));
}

/** Reads a page from its text. */
export function parseGuide(name: string, text: string): Guide {
  const slugs = new GithubSlugger();
  const blocks: CodeBlock[] = [];
  const links: { url: string; line: number }[] = [];
  const anchors = new Set<string>();
  for (const node of allNodes(
    fromMarkdown(text, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] }),
  )) {
    if (node.type === 'code') blocks.push(readBlock(node));
    if (node.type === 'heading') anchors.add(slugs.slug(words(node)));
    if (node.type === 'link' || node.type === 'image' || node.type === 'definition')
      links.push({ url: node.url, line: node.position?.start.line ?? 0 });
  }
  return { name, text, blocks, links, anchors };
}

function readBlock({ lang, meta, value, position }: Code): CodeBlock {
  const { start, end } = position ?? { start: { line: 0, offset: 0 }, end: { offset: 0 } };
  return {
    language: lang ?? '',
    words: (meta ?? '').split(' ').filter((word) => word !== ''),
    text: value,
    line: start.line,
    start: start.offset ?? 0,
    end: end.offset ?? 0,
  };
}

function allNodes(node: Nodes): readonly Nodes[] {
  return [node, ...('children' in node ? node.children.flatMap(allNodes) : [])];
}

function words(node: Nodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(words).join('') : '';
}
