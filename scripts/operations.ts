import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inert } from '../contract/inert.ts';
import { UserError } from '../contract/user-error.ts';
import type { Declared } from '../spec/family/declared/model.ts';
import { isOperationFolder, openApiFile } from '../spec/family/declared/operation-folder.ts';
import type { KnownOperation } from './known-operation.ts';

export type { KnownOperation };

/** The operation that is tested if none is chosen. */
const pureBt: KnownOperation = {
  operation: () => import('../spec/pure-bt/operation.ts'),
  openApi: () => import('../spec/pure-bt/contract-file.ts'),
  suite: () => import('../contract/pure-bt/suite.ts'),
  mutants: () => import('../contract/pure-bt/mutants/set.ts'),
  reference: () => import('../contract/pure-bt/targets/reference.ts'),
  mock: () => import('../contract/pure-bt/targets/mock.ts'),
  strictMock: () => import('../contract/pure-bt/strict-mock/strict-mock.ts'),
  payload: () => import('../contract/pure-bt/payload.ts'),
  requestCheck: () => import('../contract/pure-bt/explain/check-request.ts'),
  explain: () => import('../contract/pure-bt/explain/explain.ts'),
  export: () => import('../contract/pure-bt/export/export.ts'),
  vectors: () => import('../contract/pure-bt/vectors.ts'),
  load: () => import('../load/pure-bt/operation.ts'),
};

/** The operation in a folder with openapi.yaml and operation.yaml, read when the first part is needed. */
function operationIn(folder: string): KnownOperation {
  let read: Promise<Declared> | undefined;
  const declared = (): Promise<Declared> => {
    read ??= import('../spec/family/declared/read-folder.ts').then(({ readFolder }) => readFolder(folder));
    return read;
  };
  /** A part that a module makes of what is declared. */
  const part =
    <Module, Part>(load: () => Promise<Module>, make: (module: Module, known: Declared) => Part) =>
    async (): Promise<Part> =>
      make(await load(), await declared());
  /** A part of another operation. */
  const none = (command: string, needs: string) => async (): Promise<never> => {
    const { id } = await declared();
    throw new UserError(`${id} has no ${needs}, so "bindgate ${command}" has nothing to do; leave out --operation`, 2);
  };
  return {
    operation: part(
      () => import('../spec/family/declared/operation.ts'),
      ({ declaredOperation }, known) => ({ operation: declaredOperation(known) }),
    ),
    openApi: async () => {
      const openApiPath = join(folder, openApiFile);
      const openApiName = join(basename(folder), openApiFile);
      return { openApiName, openApiPath, readOpenApi: () => readFileSync(openApiPath, 'utf8') };
    },
    suite: part(
      () => import('../contract/family/suite.ts'),
      ({ declaredSuite }, known) => ({ suite: declaredSuite(known) }),
    ),
    mutants: part(
      () => import('../contract/family/mutants/set.ts'),
      ({ declaredMutantSet }, known) => ({ mutantSet: declaredMutantSet(known) }),
    ),
    reference: part(
      () => import('../contract/family/targets/reference.ts'),
      ({ openReferenceTarget, startDeclaredServer }, known) => ({
        startReference: (options) => startDeclaredServer(known, options),
        openReferenceTarget: (options) => openReferenceTarget(known, options),
      }),
    ),
    mock: part(
      () => import('../contract/family/targets/mock.ts'),
      ({ openDeclaredMock, startDeclaredMock }, known) => ({
        startMock: (place) => startDeclaredMock(known, place),
        openPrismTarget: () => openDeclaredMock(known),
      }),
    ),
    payload: part(
      () => import('../contract/family/payload.ts'),
      ({ declaredRequests }, known) => ({ requestMaker: declaredRequests(known) }),
    ),
    load: part(
      () => import('../load/family/operation.ts'),
      ({ declaredLoad }, known) => ({ loadOperation: (dialect) => declaredLoad(known, dialect) }),
    ),
    strictMock: none('mock --strict', 'ciphertext and no signature to check'),
    requestCheck: none('proxy', 'ciphertext and no signature to check'),
    explain: none('explain', 'ciphertext and no signature to explain'),
    export: none('payload --format', 'signature that a script must compute'),
    vectors: none('vectors', 'ciphertext and no signature'),
  };
}

/** All operations of this package; the first is the default. */
export const operations: readonly [KnownOperation, ...KnownOperation[]] = [
  pureBt,
  operationIn(fileURLToPath(new URL('../spec/family/operations/bindDeviceDk', import.meta.url))),
];

/** The operation with this id, or in this folder; undefined for an unknown one. */
export async function findOperation(name: string): Promise<KnownOperation | undefined> {
  for (const known of operations) if ((await known.operation()).operation.id === name) return known;
  return isOperationFolder(name) ? operationIn(name) : undefined;
}

/**
 * The operation with this id, or in this folder: one that `bindgate operation new` has made, or that its owner has written.
 * @throws UserError (exit code 2) if there is no such operation.
 */
export async function operationNamed(name: string): Promise<KnownOperation> {
  const found = await findOperation(name);
  if (found !== undefined) return found;
  const ids = await Promise.all(operations.map(async (known) => (await known.operation()).operation.id));
  if (name === '')
    throw new UserError('--operation needs an id or a folder; "bindgate operation list" shows the ids', 2);
  const what = existsSync(name) ? 'it has no operation.yaml' : 'there is no such id or folder';
  const next = `the ids are ${ids.join(', ')}; make a folder with "bindgate operation new PAGE"`;
  throw new UserError(`--operation ${inert(name)}: ${what}; ${next}`, 2);
}
