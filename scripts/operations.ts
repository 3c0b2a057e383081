import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inert } from '../contract/inert.ts';
import { UserError } from '../contract/user-error.ts';
import { isOperationFolder } from '../spec/family/declared/operation-folder.ts';
import { operationIn } from './declared-operation.ts';
import type { KnownOperation } from './known-operation.ts';

export type { KnownOperation };

/** The operation that is tested if none is chosen. */
const pureBt: KnownOperation = {
  operation: () => import('../spec/pure-bt/operation.ts'),
  openApi: () => import('../spec/pure-bt/contract-file.ts'),
  suite: () => import('../contract/pure-bt/suite.ts'),
  mutants: () => import('../contract/pure-bt/mutants/set.ts'),
  servers: () => import('../contract/pure-bt/mutants/named.ts'),
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
