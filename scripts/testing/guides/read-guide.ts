/** Reads the README and the guides in docs/ for tests: code blocks, links and anchors. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import GithubSlugger from 'github-slugger';
import type { Code, Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';

/** The folder of the project. */
export const project: string = join(import.meta.dirname, '..', '..', '..');

/** A fenced code block: its language, what the words after it say, and its place in the file. */
export type CodeBlock = {
  readonly language: string;
  /** `file=NAME`: the block is a file in the reader's folder. */
  readonly file: string | undefined;
  /** `exit=1`: how the last command ends. */
  readonly exitCode: number;
  /** A quiet block runs a load, so that it needs the machine for itself. A slow one takes long, but measures no time. */
  readonly pace: 'quick' | 'slow' | 'quiet';
  readonly text: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
};

/** A page of the documentation. */
export type Guide = {
  /** Path from the folder of the project, such as `docs/load.md`. */
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
  const marks = (meta ?? '').split(' ');
  const setting = (key: string): string | undefined =>
    marks.find((mark) => mark.startsWith(`${key}=`))?.slice(key.length + 1);
  return {
    language: lang ?? '',
    file: setting('file'),
    exitCode: Number(setting('exit') ?? 0),
    pace: (['slow', 'quiet'] as const).find((pace) => marks.includes(pace)) ?? 'quick',
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
