import { spawn } from 'node:child_process';
import { join } from 'node:path';

const entry = join(import.meta.dirname, '..', 'bindgate.ts');
const compileCache = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'compile');

/** How a run of the command line ended. */
export type Ended = { readonly exitCode: number | null; readonly out: string; readonly err: string };

/** Runs the command line in a folder, without a terminal. */
export async function runBindgate(folder: string, args: readonly string[], more: object = {}): Promise<Ended> {
  const child = spawn(process.execPath, [entry, ...args], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1', CI: 'true', NODE_COMPILE_CACHE: compileCache, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const pieces = { out: '', err: '' };
  child.stdout.on('data', (piece: Buffer) => (pieces.out += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (pieces.err += piece.toString()));
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { exitCode, ...pieces };
}
