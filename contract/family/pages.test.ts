import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeDefaultDialect } from '../../spec/dialect.ts';
import type { VendorDocument } from '../../spec/document/model.ts';
import { readDocumentFile, readDocuments } from '../../spec/document/read-document.ts';
import { page, pageNames } from '../../spec/document/testing/pages.ts';
import { deriveOperation } from '../../spec/family/declared/derive/derive-operation.ts';
import type { Declared } from '../../spec/family/declared/model.ts';
import { readFolder, toDeclared } from '../../spec/family/declared/read-folder.ts';
import type { Results } from '../results.ts';
import { casesUnder } from '../run/case.ts';
import { verify } from '../verify.ts';
import { declaredSuite } from './suite.ts';
import { openDeclaredMock } from './targets/mock.ts';
import { openReferenceTarget } from './targets/reference.ts';

function derive(document: VendorDocument): Declared | string {
  try {
    const { document: openApi, declaration } = deriveOperation(document);
    return toDeclared('folder', openApi, declaration);
  } catch (error) {
    expect(error).toMatchObject({ exitCode: 2 });
    return (error as Error).message;
  }
}

/** Codes that are not covered, and cases that did not pass, on the mock and on the embedded server. */
async function problems(declared: Declared, right = ['passed', 'skipped']): Promise<readonly string[]> {
  const suite = declaredSuite(declared);
  const cases = casesUnder(makeDefaultDialect(suite.operation), suite.mockCases);
  await using mock = await openDeclaredMock(declared);
  await using server = await openReferenceTarget(declared);
  const mocked = await verify({ target: mock, suite, cases, seed: 1 });
  const served = await verify({ target: server, suite, seed: 1 });
  const bad = ({ results }: { readonly results: Results }, where: string): readonly string[] => [
    ...results.codes
      .filter(({ status }) => status !== 'covered')
      .map(({ code, reason }) => `${where} ${code} ${reason}`),
    ...results.cases
      .filter(({ outcome }) => !right.includes(outcome))
      .map(({ id, reason }) => `${where} ${id}: ${reason}`),
  ];
  return [...bad(mocked, 'mock'), ...bad(served, 'server')];
}

test('covers every code of bindDeviceDk', async () => {
  const declared = readFolder(fileURLToPath(new URL('../../spec/family/operations/bindDeviceDk', import.meta.url)));
  expect(declared.codes).toHaveLength(21);
  expect(await problems(declared, ['passed'])).toEqual([]);
});

test.each(pageNames)('makes from %s an operation that runs, or says in one line why not', async (name) => {
  for (const document of readDocuments(page(name), name)) {
    const derived = derive(document);
    if (typeof derived === 'string') expect(derived).toMatch(new RegExp(`^${name}:\\d+: [^\\n]{20,300}$`));
    else expect(await problems(derived)).toEqual([]);
  }
});

test('accepts the code of an inner field for an object that is missing, and looks for the object first', async () => {
  const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const text = [
    '# Add lamps\n\n**API Address**:`/v2/lamp/add`\n\n**Request Method**:`POST`\n',
    '**Request Data Type**:`application/json`\n\n**Response Data Type**:`*/*`\n\n**Request Parameters**:\n',
    row('Parameter Name', 'Parameter Description', 'Request Type', 'Required', 'Data Type', 'Schema'),
    row('---', '---', '---', '---', '---', '---'),
    row('req', 'req', 'body', 'true', 'Req', 'Req'),
    row('&emsp;&emsp;items', 'Items', '', 'true', 'array', 'Item'),
    row('&emsp;&emsp;&emsp;&emsp;pk', 'Product Key', '', 'true', 'string', ''),
    '\n**Response Status**:\n',
    row('Status Code', 'Description', 'Schema'),
    row('---', '---', '---'),
    row('200', 'OK', ''),
    row('5066', 'Please enter Product Key', ''),
    row('5900', 'Please enter items', ''),
    '\n**Response Parameters**:\n',
    row('Parameter Name', 'Parameter Description', 'Type', 'Schema'),
    row('---', '---', '---', '---'),
    row('code', 'Response status code', 'integer(int32)', 'integer(int32)'),
  ].join('\n');
  const [document] = readDocuments(text, 'lamps.md');
  const derived = document && derive(document);
  if (typeof derived !== 'object') throw new Error(derived);
  expect(await problems(derived)).toEqual([]);
  const missing = declaredSuite(derived).cases.find(({ id }) => id === 'items/absent');
  const [step] = missing?.steps ?? [];
  const expected =
    step !== undefined && 'expect' in step && step.expect(makeDefaultDialect(declaredSuite(derived).operation), []);
  expect(expected).toMatchObject({ codes: [5900, 5066] });
});

const vendor = new URL('../../../shared/document/siblings/', import.meta.url);
const vendorPages = existsSync(vendor) ? readdirSync(vendor) : [];

test.skipIf(vendorPages.length === 0)("covers every code of the vendor's pages", { timeout: 120_000 }, async () => {
  for (const name of vendorPages) {
    const derived = derive(readDocumentFile(new URL(name, vendor).pathname));
    expect(derived, name).toBeTypeOf('object');
    if (typeof derived === 'object') expect(await problems(derived), name).toEqual([]);
  }
});
