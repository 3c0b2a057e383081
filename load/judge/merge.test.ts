import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadExitCode } from '../results.ts';
import { shareMarker } from '../run/plan.ts';
import type { LoadRun, Share } from '../run/share.ts';
import { syntheticShare } from '../testing/shares.ts';
import { mergeFiles } from './merge.ts';

const folder = await mkdtemp(join(tmpdir(), 'bindgate-merge-'));
afterAll(() => rm(folder, { recursive: true }));

/** A run of 300 requests in three shares that differ in what they sent. */
function makeShare(part: number, run: Partial<LoadRun> = {}): Share {
  const share = syntheticShare({ parts: 3, planned: 300, ...run });
  return { ...share, counters: { ...share.counters, data_sent: 60_000 + part } };
}

const marked = (share: Share): string => shareMarker + JSON.stringify(share);
const texts = [1, 2, 3].map((part) => JSON.stringify(makeShare(part), undefined, 2));
let count = 0;

async function file(content: string | Uint8Array): Promise<string> {
  count += 1;
  const path = join(folder, `${count}.json`);
  await writeFile(path, content);
  return path;
}

const files = (contents: readonly (string | Uint8Array)[]): Promise<string[]> => Promise.all(contents.map(file));

test('judges the shares of a run together, in any order', async () => {
  const results = await mergeFiles(await files(texts.toReversed()));
  expect(results).toMatchObject({ valid: true, processes: 3, requests: 300, codes: [{ code: 200, count: 300 }] });
  expect(results.latency.p50).toBeCloseTo(1.5, 1);
  expect(results.notes.at(-1)).toMatch(/no device was requested again/);
  expect(loadExitCode(results)).toBe(0);
});

test('judges drift over all shares', async () => {
  const soak = [1, 2, 3].map((part) => {
    const share = makeShare(part, { profile: 'soak' });
    const windows = Array.from({ length: 30 }, (_, index) => [`window_${index}`, share.distributions['window_0']]);
    return JSON.stringify({ ...share, distributions: { ...share.distributions, ...Object.fromEntries(windows) } });
  });
  const { drift } = await mergeFiles(await files(soak));
  expect(drift?.map(({ percentile, verdict }) => [percentile, verdict])).toEqual([
    ['p50', 'steady'],
    ['p99', 'steady'],
  ]);
});

test('judges an objective over all shares', async () => {
  const bad = makeShare(3);
  const counters = { ...bad.counters, usual_0: 99, code_5420: 1, wrong_0: 1 };
  const results = await mergeFiles(await files([...texts.slice(0, 2), JSON.stringify({ ...bad, counters })]));
  expect(results.objectives).toEqual([{ name: 'bound correctly 100 %', kept: false, detail: '299 of 300; not plain' }]);
  expect(loadExitCode(results)).toBe(1);
});

test.each<[string, readonly (string | Uint8Array)[]]>([
  ['alone in each log', [1, 2, 3].map((part) => `${marked(makeShare(part))}\n`)],
  ['among other lines', [1, 2, 3].map((part) => `time="…" level=warning\n${marked(makeShare(part))}\nbye`)],
  ['from one log of all pods', [[1, 2, 3].map((part) => `[pod/${part}] ${marked(makeShare(part))}`).join('\n')]],
  ['with time stamps and CRLF', [1, 2, 3].map((part) => `2026-11-25T00:00:00Z ${marked(makeShare(part))}\r\n`)],
  ['in UTF-16 with a mark', [1, 2, 3].map((part) => Buffer.from(`\ufeff${marked(makeShare(part))}\r\n`, 'utf16le'))],
  ['as a file and as logs', [texts[0] ?? '', marked(makeShare(2)), marked(makeShare(3))]],
  ['without the exit of k6', [1, 2, 3].map((part) => marked({ ...makeShare(part), generator: null }))],
])('reads shares %s', async (_, contents) => {
  expect(await mergeFiles(await files(contents))).toMatchObject({ valid: true, requests: 300 });
});

test('accepts several processes that had nothing to do', async () => {
  const share = makeShare(1, { planned: 100 });
  const nothing = { ...share, counters: {}, distributions: {} };
  const results = await mergeFiles(await files([share, nothing, nothing].map((one) => JSON.stringify(one))));
  expect(results).toMatchObject({ valid: true, requests: 100 });
});

const first = texts[0] ?? '';
const without = (key: string): string => JSON.stringify({ ...makeShare(1), [key]: undefined });
const changed = (change: object): string => JSON.stringify({ ...makeShare(1), ...change });

test.each<[string, readonly (string | Uint8Array)[], RegExp]>([
  ['an empty file', [''], /\.json is empty; did the run end/],
  ['blank lines', [' \n\n'], /\.json is empty/],
  ['binary data', [Uint8Array.of(0x7f, 0x45, 0xff, 0xfe, 0)], /is not a text file/],
  ['a text with a NUL', ['{"schema":"\0"}'], /is not a text file/],
  ['a log without a share', ['level=error msg="no"'], /contains no share: .*"bindgate-share"/],
  ['a share that is cut off', [first.slice(0, 400)], /is cut off or damaged/],
  ['a log that is cut off', [`ready\n${marked(makeShare(1)).slice(0, 400)}`], /\.json:2: the JSON is cut off/],
  ['a list', [`[${first}]`], /contains no share/],
  ['nothing', ['{}'], /expected a file of bindgate.load-share\/1, got JSON without/],
  [
    'a result of a run',
    ['{"schema":"bindgate.load/1"}'],
    /got one of bindgate.load\/1; give the load-share-N.json files/,
  ],
  ['a later share', ['{"schema":"bindgate.load-share/2"}'], /got one of bindgate.load-share\/2/],
  ['a share without counts', [without('counters')], /not a valid file of bindgate.load-share\/1: .*'counters'/],
  ['a share without its run', [without('run')], /not a valid file of .*'run'/],
  ['counts below 0', [changed({ counters: { code_200: -1 } })], /counters\/code_200 must be >= 0/],
  ['half a count', [changed({ counters: { code_200: 0.5 } })], /counters\/code_200 must be integer/],
  ['too few ranks', [changed({ distributions: { latency_0: { count: 1, values: [1] } } })], /fewer than 121/],
  ['a field that no share has', [changed({ more: 1 })], /must NOT have additional properties/],
  ['an unknown objective', [JSON.stringify(makeShare(1, { objectives: ['fast'] }))], /"fast" is not an objective/],
  [
    'a text with an escape sequence',
    [JSON.stringify(makeShare(1, { profile: '\u001b[2J' }))],
    /run\/profile must match/,
  ],
  ['shares of two runs', [first, JSON.stringify(makeShare(2, { id: 'L1' }))], /belongs to run L0 and .* to run L1/],
  [
    'shares that disagree',
    [first, JSON.stringify(makeShare(2, { planned: 5 }))],
    /contain different descriptions of run L0/,
  ],
  ['the same share twice', [first, marked(makeShare(1))], /contain the same share; give each share once/],
  ['more shares than processes', [...texts, JSON.stringify(makeShare(4))], /4 shares, but the run had 3 processes/],
])('refuses %s', async (_, contents, message) => {
  await expect(mergeFiles(await files(contents))).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(message),
  });
});

test('refuses a file given twice, a missing file and a folder', async () => {
  const [path = ''] = await files(texts);
  await mkdir(join(folder, 'inner'));
  const of = (...paths: string[]): Promise<unknown> => mergeFiles(paths).catch((error: Error) => error.message);
  expect(await of(path, path)).toMatch(/is given twice, or contains one share twice/);
  expect(await of(join(folder, 'none'))).toMatch(/none": there is no such file/);
  expect(await of(join(folder, 'inner'))).toMatch(/inner": it is a folder/);
  expect(await of()).toMatch(/give the load-share-N.json files of one run/);
});
