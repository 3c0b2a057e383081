import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** The Chromium for tests: CHROMIUM_BIN, or one in the usual places. */
export const browserPath: string | undefined = [
  process.env['CHROMIUM_BIN'],
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));

/** Whether browser tests are skipped, with a warning; in CI they fail instead. */
export const withoutBrowser: boolean = browserPath === undefined && process.env['CI'] === undefined;

/** Starts the browser without features that use the network. */
export function startBrowser(): Promise<Browser> {
  if (browserPath === undefined)
    throw new Error('no Chromium: install it (apt-get install chromium) or set CHROMIUM_BIN');
  // The root user has no sandbox; tests open only our own files.
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
