import { createRequire } from 'node:module';

/** The version of this bindgate, from package.json. */
export function version(): string {
  // By package name, because compiled files are one folder deeper than their sources.
  const manifest: unknown = createRequire(import.meta.url)('bindgate/package.json');
  return (manifest as { version: string }).version;
}
