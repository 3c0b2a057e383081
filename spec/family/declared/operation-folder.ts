import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The files of an operation that is data. */
export const openApiFile = 'openapi.yaml';
export const declarationFile = 'operation.yaml';

/** Whether a folder has an operation. */
export function isOperationFolder(folder: string): boolean {
  return existsSync(join(folder, declarationFile));
}
