import { inert } from '../contract/inert.ts';
import type { Change } from '../spec/diff/change.ts';
import type { Place } from '../spec/document/model.ts';
import { plural } from '../spec/plural.ts';
import type { KnownOperation } from './operations.ts';

/** The result of a check: one line for each problem, what was not compared or not understood, and a summary line. */
export type CheckedText = {
  readonly lines: readonly string[];
  readonly notes: readonly string[];
  readonly summary: string;
};

/** Checks openapi.yaml: lints it, compiles every schema and validates every example. */
export async function checkContract(chosen: KnownOperation): Promise<CheckedText> {
  const { lintSpec } = await import('../spec/lint.ts');
  const { operation } = await chosen.operation();
  const { openApiName, readOpenApi } = await chosen.openApi();
  const yaml = readOpenApi();
  const problems = await lintSpec(yaml, (key) => Object.hasOwn(operation.settings, key));
  if (problems.length === 0)
    return { lines: [], notes: [], summary: `openapi.yaml is clean, ${plural(operation.codes.length, 'code')}` };
  const { nodeAt, openSource, placeOf } = await import('../spec/diff/openapi/source.ts');
  const root = openSource(openApiName, yaml);
  return {
    lines: problems.map(
      ({ rule, location, message }) =>
        `${placeText(openApiName, placeOf(nodeAt(location, root)))}: ${message} (${rule})`,
    ),
    notes: [],
    summary: `openapi.yaml has ${plural(problems.length, 'problem')}`,
  };
}

/**
 * Compares a page of the vendor with the contract.
 * @param operation the operation to compare, as in `--operation`; by default the one of the contract.
 */
export async function checkPageFile(file: string, chosen: KnownOperation, operation?: string): Promise<CheckedText> {
  const { parseChosen } = await import('../spec/document/chosen.ts');
  const { readDocument, readDocuments, readPage } = await import('../spec/document/read-document.ts');
  const { checkPage, pageOfContract } = await import('../spec/diff/check-page.ts');
  const { makeContractPage } = await import('../spec/diff/contract-page.ts');
  const { openApiName, openApiPath, readOpenApi } = await chosen.openApi();
  // Without the page's own words, the documents are compared as two versions.
  if (!/^ *x-document:/m.test(readOpenApi())) return comparePage(file, openApiName, openApiPath);
  const contract = makeContractPage(openApiName, readOpenApi());
  const [text, wanted] = [readPage(file), parseChosen(operation)];
  const page =
    wanted === undefined ? pageOfContract(readDocuments(text, file), contract) : readDocument(text, file, wanted);
  const { differences, translated } = checkPage(page, contract);
  return describe(file, openApiName, differences, [
    ...page.notUnderstood.map(
      ({ line, text, why }) => `${inert(file)}:${line}: not understood: ${inert(text)} (${why})`,
    ),
    ...(translated === 0
      ? []
      : [
          `${inert(file)} is in Chinese: its ${translated} meanings and descriptions were not compared; all fields, types, marks, values, codes and formulas were`,
        ]),
  ]);
}

/** Compares a page with an OpenAPI document that was made from one. */
async function comparePage(file: string, openApiName: string, openApiPath: string): Promise<CheckedText> {
  const { compareSpecs } = await import('../spec/diff/compare-specs.ts');
  const { readSpecFile } = await import('../spec/diff/read-spec.ts');
  const { changes, leftOut } = compareSpecs(readSpecFile(openApiPath), readSpecFile(file));
  return describe(file, openApiName, changes, leftOut === undefined ? [] : [`not compared: ${leftOut}`]);
}

function describe(file: string, contract: string, changes: readonly Change[], notes: readonly string[]): CheckedText {
  const differs = `differs from the contract in ${plural(changes.length, 'place')}`;
  return {
    lines: changes.map((change) => differenceText(file, contract, change)),
    notes,
    summary: `${inert(file)} ${changes.length === 0 ? 'agrees with the contract' : differs}`,
  };
}

function differenceText(file: string, contract: string, { subject, what, before, after, at }: Change): string {
  const said = after === undefined ? 'the page does not have it' : `the page says "${inert(after)}"`;
  const told = before === undefined ? 'the contract does not have it' : `the contract says "${inert(before)}"`;
  return `${inert(file)}:${at.after.line}: ${inert(subject)} ${inert(what)}: ${said}; ${told} (${placeText(contract, at.before)})`;
}

function placeText(file: string, { line, pointer = '' }: Place): string {
  return `${file}:${line} ${pointer}`;
}
