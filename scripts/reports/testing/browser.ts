import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';

/** The Chromium to test with: CHROMIUM_BIN, or one in its usual places. */
export const browserPath: string | undefined = [
  process.env['CHROMIUM_BIN'],
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));

/** Whether browser tests are left out, which is said; with CI set they fail instead, since a skipped test proves nothing. */
export const withoutBrowser: boolean = browserPath === undefined && process.env['CI'] === undefined;

/** Starts the browser without anything that would talk to somebody. */
export function startBrowser(): Promise<Browser> {
  if (browserPath === undefined)
    throw new Error('no Chromium: install it (apt-get install chromium) or set CHROMIUM_BIN');
  // A root user has no sandbox; tests open files of our own alone.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: browserPath, args: [...sandbox, ...quiet] });
}

const quiet = [
  '--headless',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];
