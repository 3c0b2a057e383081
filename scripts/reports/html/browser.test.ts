/** Opens the report from a file in a browser, and uses it by mouse, by keyboard and without a script. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serverNamed } from '../../../contract/mutants/named.ts';
import { mutantSet } from '../../../contract/pure-bt/mutants/set.ts';
import { startReference } from '../../../contract/pure-bt/targets/reference.ts';
import { testFolder } from '../../testing/folder.ts';
import { verifying } from '../../testing/verifying.ts';
import { writeReport } from '../report.ts';
import { startBrowser, withoutBrowser } from '../testing/browser.ts';
import { syntheticReport } from '../testing/synthetic.ts';

if (withoutBrowser) console.warn('browser tests are skipped: no Chromium; install it or set CHROMIUM_BIN');

const reports = ['synthetic', 'of a broken server'] as const;
const chosen = /^(bind|dk|pk|code|pwd|token-state|permission|home|data-centre|property)\//;

describe.skipIf(withoutBrowser)('the report in a browser', { timeout: 60_000 }, () => {
  let browser: Browser;
  const urls = new Map<string, string>();

  beforeAll(async () => {
    browser = await startBrowser();
    urls.set('synthetic', pathToFileURL(await writeReport(testFolder(), syntheticReport(60))).href);
    await using server = await startReference({ ...serverNamed(mutantSet, 'code/one-for-all'), port: 0 });
    const { out } = await verifying(
      { url: server.url, states: server.statesUrl, seed: 7, out: testFolder() },
      {},
      { change: ({ cases }) => ({ cases: cases.filter(({ id }) => chosen.test(id)) }) },
    );
    urls.set('of a broken server', pathToFileURL(join(out, 'report.html')).href);
  }, 60_000);
  afterAll(() => browser?.close());

  /** A new page; any console message or request of the browser fails the test. */
  async function open(
    name: (typeof reports)[number],
    hash = '',
    options: BrowserContextOptions = {},
  ): Promise<Page & AsyncDisposable> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const url = urls.get(name) ?? '';
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    page.on('dialog', (dialog) => said.push(`dialog ${dialog.message()}`));
    page.on('request', (request) => request.url().split('#')[0] !== url && said.push(request.url()));
    await page.goto(url + hash);
    // The page handles its hash shortly after it has loaded.
    if (options.javaScriptEnabled !== false) await page.evaluate('new Promise((done) => setTimeout(done, 20))');
    return Object.assign(page, {
      [Symbol.asyncDispose]: async () => {
        await context.close();
        expect(said).toEqual([]);
      },
    });
  }

  test.each(reports)('opens from a file without messages: %s', async (name) => {
    await using page = await open(name);
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.locator('.matrix li').count()).toBe(24);
    expect(await page.locator('html.js').count()).toBe(1);
    // Text of a target has created no element.
    expect(await page.locator('script, img, iframe, object, b:not(.brand b)').count()).toBe(1);
  });

  test.each(reports.flatMap((name) => [[name, 'light'] as const, [name, 'dark'] as const]))(
    'has no accessibility problem: %s, %s',
    async (name, colorScheme) => {
      await using page = await open(name, '', { colorScheme, bypassCSP: true });
      for (const link of (await page.locator('.cases .id').all()).slice(0, 6)) await link.click();
      await page.evaluate("for (const folded of document.querySelectorAll('.data')) folded.open = true;");
      await page.evaluate(axe.source);
      // This includes the order of headings.
      expect(await page.evaluate('axe.run().then(({ violations }) => violations)')).toEqual([]);
      expect(await page.locator('table:not(:has(> caption)), th:not([scope])').count()).toBe(0);
    },
  );

  test.each(reports)('never scrolls sideways: %s', async (name) => {
    await using page = await open(name);
    await page.evaluate(`for (const folded of document.querySelectorAll('details')) folded.open = true;
      for (const row of document.querySelectorAll('.cases > tbody')) row.classList.add('open');`);
    for (const width of [360, 768, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
      // Open details span all columns and must not narrow the column of the case.
      expect((await page.locator('.cases tbody th').first().boundingBox())?.width).toBeGreaterThan(width / 4);
    }
  });

  test.each([360, 1440])('draws charts without overlap at a width of %d', async (width) => {
    await using page = await open('synthetic', '#load', { viewport: { width, height: 900 } });
    expect(await page.locator('.plot').count()).toBe(9);
    const ends = await page
      .locator('.plot text:visible')
      .evaluateAll((all) => all.map((text) => text.getBoundingClientRect().right));
    expect(ends.filter((right) => right > width)).toEqual([]);
    // Text has the same size at every width, because nothing is scaled.
    const sizes = await page
      .locator('.plot text.tick:visible')
      .evaluateAll((all) => all.map((text) => Math.round(text.getBoundingClientRect().height)));
    expect(new Set(sizes).size).toBe(1);
    expect(sizes[0]).toBeGreaterThanOrEqual(11);
    const touching = await page.locator('.plot').evaluateAll((plots) =>
      plots.flatMap((plot) => {
        const boxes = [...plot.querySelectorAll('.tick.middle')]
          .map((tick) => tick.getBoundingClientRect())
          .filter((box) => box.width > 0);
        return boxes.slice(1).filter((box, at) => box.left < (boxes[at]?.right ?? 0) + 2);
      }),
    );
    expect(touching).toEqual([]);
  });

  test('does not wrap numbers in the table of requests', async () => {
    await using page = await open('synthetic', '#load', { viewport: { width: 360, height: 900 } });
    const heights = await page.locator('.workloads tbody td.number:visible').evaluateAll((cells) =>
      cells.map((cell) => {
        const text = cell.ownerDocument.createRange();
        text.selectNodeContents(cell);
        return Math.round(text.getBoundingClientRect().height);
      }),
    );
    // Of the three visible columns, the first may have two lines, wrapped after "of".
    expect(heights.map((height, at) => height > (at % 3 === 0 ? 48 : 24))).not.toContain(true);
    expect(heights).toHaveLength(6);
  });

  test('opens the numbers of a chart by keyboard without a script', async () => {
    await using page = await open('synthetic', '#load', { javaScriptEnabled: false });
    const table = page.locator('#load-latency table');
    expect(await table.isVisible()).toBe(false);
    await page.locator('#load-latency summary').focus();
    await page.keyboard.press('Enter');
    expect(await table.isVisible()).toBe(true);
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').getAttribute('aria-label')).toMatch(/^Numbers of: Latency/);
  });

  test('draws charts with enough contrast in all colour schemes', async () => {
    for (const options of [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { forcedColors: 'active' }] as const) {
      await using page = await open('synthetic', '#load', { ...options, bypassCSP: true });
      await page.evaluate(axe.source);
      const weak = await page.evaluate(`(() => {
        const { Color, getContrast } = axe.commons.color;
        const toColor = (text) => new Color().parseString(text);
        const ground = toColor(getComputedStyle(document.querySelector('.chart')).backgroundColor);
        const marks = [
          ['.tone-1, .tone-2, .tone-3, .tone-4, .tone-5, .tone-6, .tone-7, .tone-dropped, .bar-of, .point.sure, .point.worse', 'fill', 3],
          ['.line, .flag, .interval, .noise-edge, .point.unsure, .band', 'stroke', 3],
          ['.chart text', 'fill', 4.5],
        ];
        return marks.flatMap(([selector, property, least]) =>
          [...document.querySelectorAll(selector)]
            .filter((mark) => getContrast(ground, toColor(getComputedStyle(mark)[property])) < least)
            .map((mark) => mark.getAttribute('class')));
      })()`);
      expect(weak).toEqual([]);
    }
  });

  test('can be used completely by keyboard', async () => {
    await using page = await open('of a broken server', '', { permissions: ['clipboard-read', 'clipboard-write'] });
    const tabTo = async (selector: string): Promise<void> => {
      for (let presses = 0; presses < 400; presses += 1) {
        await page.keyboard.press('Tab');
        if ((await page.locator(`${selector}:focus`).count()) > 0) return;
      }
      throw new Error(`the keyboard does not reach ${selector}`);
    };
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Skip to the report');
    await tabTo('#theme');
    await tabTo('#q');
    await page.keyboard.type('dk/too-short');
    await expect
      .poll(() => page.locator('#shown').textContent())
      .toBe(`1 of ${await page.locator('.cases tbody').count()} cases`);
    await tabTo('.cases tbody:not([hidden]) a.id');
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    await page.keyboard.press('Enter');
    expect(await page.locator('a.id[aria-expanded=true]').textContent()).toBe('dk/too-short');
    await tabTo('button[aria-label="Copy curl"]');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#said').textContent()).toBe('curl copied');
    await page.locator('#q').fill('');
    await page.locator('#q').press('Control+V');
    expect(await page.locator('#q').inputValue()).toMatch(/^curl -sS -X POST http:.*Bearer \$TOKEN/);
  });

  test('opens the case of a deep link in spite of a filter', async () => {
    await using page = await open('of a broken server', '#case-dk/too-short?outcome=passed');
    expect(await page.locator(':focus').textContent()).toBe('dk/too-short');
    expect(await page.locator('.cases .open .id').isVisible()).toBe(true);
    expect(await page.locator('input[value=passed]').isChecked()).toBe(true);
    expect(await page.locator('.cases .open dd').first().isVisible()).toBe(true);
    await page.locator('.cluster .id').first().click();
    await expect.poll(() => page.locator('.cases .open').count()).toBe(2);
  });

  test('stores the filter in the hash and reads it from there', async () => {
    await using page = await open('of a broken server');
    await page.locator('label.chip:has([value=failed])').click();
    await page.locator('#code').selectOption('5361');
    await page.locator('#q').fill('dk/');
    const shown = await page.locator('#shown').textContent();
    expect(page.url()).toMatch(/#cases\?q=dk%2F&code=5361&outcome=failed$/);
    await using again = await open('of a broken server', new URL(page.url()).hash);
    expect(await again.locator('#shown').textContent()).toBe(shown);
    expect(await again.locator('.cases tbody:visible').count()).toBe(Number.parseInt(shown ?? '', 10));
    expect(await again.locator('#q').inputValue()).toBe('dk/');
  });

  test('shows the cases of a code', async () => {
    await using page = await open('of a broken server');
    await page.locator('.code', { hasText: '5066' }).click();
    await expect.poll(() => page.locator('#code').inputValue()).toBe('5066');
    const codes = await page
      .locator('.cases tbody:visible')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-code')));
    expect(new Set(codes)).toEqual(new Set(['5066']));
    // A second click: the hash stays the same.
    await page.locator('.code', { hasText: '5066' }).click();
    await expect.poll(() => page.locator('#cases-title:focus').count()).toBe(1);
  });

  test('offers to clear a filter without matches', async () => {
    await using page = await open('of a broken server', '#cases?q=nothing-is-called-so');
    expect(await page.locator('#shown').textContent()).toMatch(/^0 of /);
    await page.locator('.nothing .clear').click();
    expect(await page.locator('#shown').textContent()).not.toMatch(/^0 of /);
    expect(await page.locator(':focus').getAttribute('id')).toBe('q');
  });

  test('ignores a hash that names nothing', async () => {
    await using page = await open('of a broken server');
    for (const hash of ['#case-none', '#%E0%A4%A', '#cases?outcome=%', '#<img src=x>', '#?']) {
      await page.goto(urls.get('of a broken server') + hash);
      await page.reload();
      expect(await page.locator('.cases tbody:visible').count(), hash).toBeGreaterThan(20);
    }
  });

  test('follows the theme of the system until the user chooses one', async () => {
    await using page = await open('of a broken server', '', { colorScheme: 'dark' });
    const background = (): Promise<unknown> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const dark = await background();
    expect(await page.locator('#theme').getAttribute('aria-pressed')).toBe('true');
    await page.locator('#theme').click();
    expect(await background()).not.toBe(dark);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.locator('#theme').click();
    expect(await background()).toBe(dark);
  });

  test('opens a case by its link without a script', async () => {
    await using page = await open('of a broken server', '#case-dk/too-short', { javaScriptEnabled: false });
    expect(await page.locator('.filters').isVisible()).toBe(false);
    expect(await page.getByText('replay').locator('visible=true').count()).toBeGreaterThan(1);
    expect(await page.locator('[id="case-dk/too-short"] .more').isVisible()).toBe(true);
    expect(await page.locator('[id="case-dk/too-long"] .more').isVisible()).toBe(false);
  });

  test('prints every cause unfolded and no button', async () => {
    await using page = await open('synthetic');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('nav:visible, button:visible, .filters:visible').count()).toBe(0);
    const folded = page.locator('.cluster:not([open])').first();
    expect(await folded.locator('.example').isVisible()).toBe(true);
    expect(await page.locator('.plot:visible').count()).toBe(9);
    expect(await page.locator('.data:visible').count()).toBe(0);
  });

  test('filters 800 cases', async () => {
    const file = await writeReport(testFolder(), syntheticReport(800));
    urls.set('synthetic', pathToFileURL(file).href);
    await using page = await open('synthetic');
    await page.locator('#q').fill('799');
    await expect.poll(() => page.locator('#shown').textContent()).toBe('1 of 800 cases');
  });
});
