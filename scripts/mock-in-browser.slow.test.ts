/** A page of another origin signs, encrypts and binds a device with the browser's own means, through `mock --strict`. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStrictMock } from '../contract/pure-bt/strict-mock/strict-mock.ts';
import { startMock } from '../contract/pure-bt/targets/mock.ts';
import { httpServer, type TestServer } from '../contract/testing/servers.ts';
import type { Fixture } from '../spec/family/states.ts';
import { operationPath } from '../spec/pure-bt/path.ts';
import { startBrowser, withoutBrowser } from './reports/testing/browser.ts';

if (withoutBrowser) console.warn('browser tests are skipped: no Chromium; install it or set CHROMIUM_BIN');

/** What a page got: the business code, and the explanation if the page may read its header. */
type Got = { readonly code: number; readonly explained: string | null };

/** The client of a page. It runs in the browser, so it uses nothing from this file. */
async function bindInPage({
  url,
  device,
  change,
}: {
  readonly url: string;
  readonly device: Fixture;
  readonly change: Readonly<Record<string, string>>;
}): Promise<Got> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const random = 'abcdefghijklmnop';
  const { pk, dk, ps, bindingCode, bindingSecret, userDomainSecret, token } = device;
  const key = await crypto.subtle.importKey('raw', bytes(ps), 'AES-CBC', false, ['encrypt']);
  const algorithm = { name: 'AES-CBC', iv: bytes(random) };
  const encrypted = await crypto.subtle.encrypt(algorithm, key, bytes(`${pk},${dk},${bindingSecret}`));
  const digest = await crypto.subtle.digest('SHA-256', bytes(pk + dk + bindingCode + userDomainSecret));
  const body = {
    pk,
    dk,
    bindingCode,
    random,
    encryptedNewBindingSecret: btoa(String.fromCharCode(...new Uint8Array(encrypted))),
    signature: [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    ...change,
  };
  const response = await fetch(url, {
    method: 'POST',
    // Credentials make CORS stricter: a browser then reads `*` as a name, not as a wildcard.
    credentials: 'include',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { code } = (await response.json()) as { code: number };
  return { code, explained: response.headers.get('x-bindgate-explain') };
}

async function fixtureInPage(url: string): Promise<Fixture> {
  return (await fetch(url)).json() as Promise<Fixture>;
}

describe.skipIf(withoutBrowser)('a page of another origin', { timeout: 60_000 }, () => {
  let browser: Browser;
  let site: TestServer;
  beforeAll(async () => {
    browser = await startBrowser();
    site = await httpServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>A client</title>');
    });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });

  async function openPage(): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(site.url);
    return page;
  }

  test('binds a device through the strict mock, and reads why a request was refused', async () => {
    await using mock = await startStrictMock({ seed: 1, explain: 'header' });
    const page = await openPage();
    expect(new URL(page.url()).origin).not.toBe(mock.url);
    const state = new URLSearchParams({ state: 'a device ready to bind' });
    const device = await page.evaluate(fixtureInPage, `${mock.url}/_fixtures?${state}`);
    const url = mock.url + operationPath;
    expect(await page.evaluate(bindInPage, { url, device, change: {} })).toEqual({ code: 200, explained: null });
    expect(await page.evaluate(bindInPage, { url, device, change: { signature: '0'.repeat(64) } })).toEqual({
      code: 5420,
      explained: expect.stringMatching(/^signature: /),
    });
    expect(await page.evaluate(bindInPage, { url, device, change: {} })).toMatchObject({ code: 5049 });
  });

  test('gets the codes of the mock', async () => {
    await using strict = await startStrictMock({ seed: 1 });
    await using mock = await startMock();
    const page = await openPage();
    const device = await page.evaluate(fixtureInPage, `${strict.url}/_fixtures?state=home+mode+on`);
    const url = mock.url + operationPath;
    expect(await page.evaluate(bindInPage, { url, device, change: {} })).toMatchObject({ code: 200 });
    expect(await page.evaluate(bindInPage, { url, device, change: { dk: 'AB' } })).toMatchObject({ code: 5361 });
  });
});
