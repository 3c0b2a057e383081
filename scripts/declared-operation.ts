import { basename, join } from 'node:path';
import { UserError } from '../contract/user-error.ts';
import type { Declared } from '../spec/family/declared/model.ts';
import { openApiFile } from '../spec/family/declared/operation-folder.ts';
import type { KnownOperation } from './known-operation.ts';

/** The operation in a folder with openapi.yaml and operation.yaml, read when the first part is needed. */
export function operationIn(folder: string): KnownOperation {
  let read: Promise<Declared> | undefined;
  const declared = (): Promise<Declared> => {
    read ??= import('../spec/family/declared/read-folder.ts').then(({ readFolder }) => readFolder(folder));
    return read;
  };
  /** A part of another operation. */
  const none = (command: string, needs: string) => async (): Promise<never> => {
    const { id } = await declared();
    throw new UserError(`${id} has no ${needs}, so "bindgate ${command}" has nothing to do; leave out --operation`, 2);
  };
  return {
    operation: async () => {
      const { declaredOperation } = await import('../spec/family/declared/operation.ts');
      return { operation: declaredOperation(await declared()) };
    },
    openApi: async () => {
      const { readFileSync } = await import('node:fs');
      const openApiPath = join(folder, openApiFile);
      const openApiName = join(basename(folder), openApiFile);
      return { openApiName, openApiPath, readOpenApi: () => readFileSync(openApiPath, 'utf8') };
    },
    suite: async () => {
      const { declaredSuite } = await import('../contract/family/suite.ts');
      return { suite: declaredSuite(await declared()) };
    },
    mutants: async () => {
      const { declaredMutantSet } = await import('../contract/family/mutants/set.ts');
      return { mutantSet: declaredMutantSet(await declared()) };
    },
    servers: async () => {
      const { namedServers } = await import('../contract/family/mutants/named.ts');
      return namedServers(await declared());
    },
    reference: async () => {
      const { openReferenceTarget, startDeclaredServer } = await import('../contract/family/targets/reference.ts');
      const known = await declared();
      return {
        startReference: (options) => startDeclaredServer(known, options),
        openReferenceTarget: (options) => openReferenceTarget(known, options),
      };
    },
    mock: async () => {
      const { openDeclaredMock, startDeclaredMock } = await import('../contract/family/targets/mock.ts');
      const known = await declared();
      return {
        startMock: (place) => startDeclaredMock(known, place),
        openPrismTarget: () => openDeclaredMock(known),
      };
    },
    payload: async () => {
      const { declaredRequests } = await import('../contract/family/payload.ts');
      return { requestMaker: declaredRequests(await declared()) };
    },
    load: async () => {
      const { declaredLoad } = await import('../load/family/operation.ts');
      const known = await declared();
      return { loadOperation: (dialect) => declaredLoad(known, dialect) };
    },
    strictMock: none('mock --strict', 'ciphertext and no signature to check'),
    requestCheck: none('proxy', 'ciphertext and no signature to check'),
    explain: none('explain', 'ciphertext and no signature to explain'),
    export: none('payload --format', 'signature that a script must compute'),
    vectors: none('vectors', 'ciphertext and no signature'),
  };
}
