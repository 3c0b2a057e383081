import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { WITH_INSTALL_SCRIPT } from '../setup/npm-ci.mjs';
import { NODE_BINARIES } from '../setup/own-node.mjs';

type Dependencies = Record<string, string>;
type LockEntry = {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  hasInstallScript?: boolean;
  os?: string;
  cpu?: string;
  bin?: { node?: string };
  dependencies?: Dependencies;
  optionalDependencies?: Dependencies;
};
type LockEntries = Record<string, LockEntry>;

/** Packages whose install script stays off on purpose, each with the reason why it works without. */
const installScriptsLeftOff: Record<string, string> = {
  '@scarf/scarf': 'counts installations of Prism for its makers; nothing needs it',
  'cpu-features': "native, below testcontainers' ssh2, which chooses ciphers without it",
  protobufjs: "checks the version range in its user's package.json; nothing is built",
  ssh2: "builds a faster native cipher; testcontainers uses ssh for a daemon's ssh:// address alone",
};

describe.each(['package-lock.json', 'scripts/node/package-lock.json'])('%s', (file) => {
  const packages = readLock(file);

  // A registry that lacks a platform's package leaves it out without a word; `npm ci` on another machine then fails.
  test('every dependency has an entry, optional ones too', () => {
    expect(missingEntries(packages)).toEqual([]);
  });

  test('every package is pinned by its content and no registry is named', () => {
    const loose = Object.entries(packages).filter(
      ([path, { integrity, resolved, link }]) =>
        path !== '' && link !== true && (integrity === undefined || resolved !== undefined),
    );
    expect(loose.map(([path]) => path)).toEqual([]);
  });

  test('every install script is known: wanted, or left off for a reason', () => {
    const withScript = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript);
    const known = [...WITH_INSTALL_SCRIPT, ...Object.keys(installScriptsLeftOff)];
    expect(withScript.map(([path]) => packageName(path)).filter((name) => !known.includes(name))).toEqual([]);
  });
});

test('a missing platform package is found, also below another package', () => {
  const packages: LockEntries = {
    '': { dependencies: { a: '1' } },
    'node_modules/a': { optionalDependencies: { 'a-linux': '1', 'a-darwin': '1', b: '2' } },
    'node_modules/a-linux': {},
    'node_modules/a/node_modules/b': { dependencies: { a: '1', c: '1' } },
  };
  expect(missingEntries(packages)).toEqual(['node_modules/a needs a-darwin', 'node_modules/a/node_modules/b needs c']);
});

test('each platform has its Node, where the launcher looks for it', () => {
  const nodes = Object.entries(readLock('scripts/node/package-lock.json')).filter(([path]) => path !== '');
  const binaries = nodes.map(([path, { os, cpu, bin }]) => [`${os}-${cpu}`, `${packageName(path)}/${bin?.node}`]);
  expect(Object.fromEntries(binaries)).toEqual(NODE_BINARIES);
  expect(new Set(nodes.map(([, { version }]) => version)).size).toBe(1);
});

function readLock(file: string): LockEntries {
  return JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', file), 'utf8')).packages;
}

function packageName(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

function missingEntries(packages: LockEntries): string[] {
  return Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !placesFor(name, path).some((place) => packages[place] !== undefined))
      .map((name) => `${path} needs ${name}`),
  );
}

/** Where Node looks for a package: the folder itself, then each one above. */
function placesFor(name: string, from: string): string[] {
  const place = from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`;
  if (from === '') return [place];
  const above = from.slice(0, Math.max(0, from.lastIndexOf('node_modules/') - 1));
  return [place, ...placesFor(name, above)];
}
