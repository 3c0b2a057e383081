import { expect, test } from 'vitest';
import { testFolder } from '../testing/folder.ts';
import { firstDifference, whyNotInstalled } from './satisfied.mjs';

type LockEntries = Parameters<typeof firstDifference>[0];

const LINUX = { os: 'linux', cpu: 'x64', libc: 'glibc' };
const a1 = { 'node_modules/a': { version: '1.0.0' } };
const native = (facts: object): LockEntries => ({ 'node_modules/b': { version: '2.0.0', optional: true, ...facts } });

test.each<[title: string, wanted: LockEntries, installed: LockEntries, difference: string | undefined]>([
  ['the same version', a1, a1, undefined],
  ['the root entry and links are skipped', { '': { version: '9.9.9' }, spec: { link: true }, ...a1 }, a1, undefined],
  ['more is installed than locked', a1, { ...a1, 'node_modules/c': { version: '1.0.0' } }, undefined],
  ['another version', a1, { 'node_modules/a': { version: '1.0.1' } }, 'a 1.0.0 is locked, 1.0.1 is there'],
  ['absent', a1, {}, 'a 1.0.0 is missing'],
  ['absent below another', { 'node_modules/x/node_modules/@s/a': { version: '1.0.0' } }, {}, '@s/a 1.0.0 is missing'],
  ['an optional one without a platform may be absent', native({}), {}, undefined],
  ['a peer may be absent', { 'node_modules/p': { version: '1.0.0', peer: true } }, {}, undefined],
  ['another system may be absent', native({ os: ['darwin'], cpu: ['x64'] }), {}, undefined],
  ['another processor may be absent', native({ os: ['linux'], cpu: ['arm64'] }), {}, undefined],
  ['another C library may be absent', native({ os: ['linux'], cpu: ['x64'], libc: ['musl'] }), {}, undefined],
  ['an excluded system may be absent', native({ os: ['!linux'] }), {}, undefined],
  ['a binding for this machine must be there', native({ os: ['linux'], cpu: ['x64'] }), {}, 'b 2.0.0 is missing'],
  ['npm writes a word or a list', native({ os: 'linux', cpu: 'x64', libc: 'glibc' }), {}, 'b 2.0.0 is missing'],
  ['any system but another', native({ os: ['!win32'] }), {}, 'b 2.0.0 is missing'],
  [
    'installed by another system',
    native({ os: ['darwin'] }),
    native({ os: ['darwin'] }),
    'b 2.0.0 is not for linux x64',
  ],
])('%s', (_title, wanted, installed, difference) => {
  expect(firstDifference(wanted, installed, LINUX)).toBe(difference);
});

const lock = JSON.stringify({ packages: a1 });

test.each<[string, Readonly<Record<string, string>>, string | undefined]>([
  ['without the hidden lockfile', { 'package-lock.json': lock }, 'first run'],
  [
    'with a broken hidden lockfile',
    { 'package-lock.json': lock, 'node_modules/.package-lock.json': '{"packages": {' },
    'first run',
  ],
  ['that matches its lockfile', { 'package-lock.json': lock, 'node_modules/.package-lock.json': lock }, undefined],
  ['without a lockfile', {}, 'package-lock.json cannot be read'],
])('judges a tree %s', (_title, files, reason) => {
  expect(whyNotInstalled(testFolder(files))).toBe(reason);
});
