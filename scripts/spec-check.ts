import { inert } from '../contract/inert.ts';
import type { Difference, Place } from '../spec/document/check/difference.ts';
import { documentedCodes } from '../spec/pure-bt/catalogue.ts';

/** What a check found: a line each, none where all is well, and one line about the whole. */
export type CheckedText = { readonly lines: readonly string[]; readonly summary: string };

/** The contract's own text: linted, every schema compiled, every example valid, its codes the catalogue's. */
export async function checkContract(): Promise<CheckedText> {
  const { lintSpec } = await import('../spec/lint.ts');
  const problems = await lintSpec();
  if (problems.length === 0) return { lines: [], summary: `openapi.yaml is clean, ${documentedCodes.length} codes` };
  const { readOpenApi } = await import('../spec/openapi.ts');
  const { yamlPlaces } = await import('../spec/document/check/places.ts');
  const place = yamlPlaces(readOpenApi());
  return {
    lines: problems.map(
      ({ rule, location, message }) => `${placeText(place(location.slice(1)))}: ${message} (${rule})`,
    ),
    summary: `openapi.yaml has ${counted(problems.length, 'problem')}`,
  };
}

/** A page of the vendor's against the contract. `notes` is what was not compared, or not understood. */
export async function checkPage(file: string): Promise<CheckedText & { readonly notes: readonly string[] }> {
  const { readDocuments } = await import('../spec/document/read-document.ts');
  const { readPage } = await import('../spec/document/read-page.ts');
  const { checkDocument } = await import('../spec/document/check/check-document.ts');
  const { page, differences, translated } = checkDocument(readDocuments(readPage(file), file));
  return {
    lines: differences.map(differenceText),
    notes: [
      ...page.notUnderstood.map(
        ({ line, text, why }) => `${inert(file)}:${line}: not understood: ${inert(text)} (${why})`,
      ),
      ...(translated === 0
        ? []
        : [
            `${inert(file)} is in Chinese: its ${translated} meanings and descriptions were not compared; its fields, types, marks, values, codes and formulas were`,
          ]),
    ],
    summary:
      differences.length === 0
        ? `${inert(file)} says what the contract says`
        : `${inert(file)} differs from the contract in ${counted(differences.length, 'place')}`,
  };
}

function differenceText({ kind, subject, page, contract, pageAt, contractAt }: Difference): string {
  const from = page === undefined || contract === undefined ? 0 : sharedStart(page, contract);
  const said = page === undefined ? 'the page does not have it' : `the page says "${shown(page, from)}"`;
  const told =
    contract === undefined ? 'the contract does not have it' : `the contract says "${shown(contract, from)}"`;
  return `${placeText(pageAt)}: ${inert(subject)}: ${kindNames[kind]}: ${said}; ${told} (${placeText(contractAt)})`;
}

/** Where two long texts begin to differ, a few words before; 0 for short ones, which are shown whole. */
function sharedStart(some: string, other: string): number {
  if (Math.max(some.length, other.length) <= 120) return 0;
  const differ = [...some].findIndex((character, index) => character !== other[index]);
  const at = differ < 0 ? some.length : differ;
  return Math.max(0, some.lastIndexOf(' ', at - 20) + 1);
}

function shown(text: string, from: number): string {
  return (from > 0 ? '…' : '') + inert(text.slice(from));
}

const kindNames: Readonly<Record<Difference['kind'], string>> = {
  method: 'another method',
  title: 'another title',
  mediaType: 'another media type',
  field: 'another field',
  type: 'another type',
  required: 'another required mark',
  enumeration: 'another enumeration',
  description: 'another description',
  code: 'another code',
  meaning: 'another meaning',
};

function placeText({ file, line, pointer }: Place): string {
  return `${inert(file)}:${line}${pointer === undefined ? '' : ` ${pointer}`}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
