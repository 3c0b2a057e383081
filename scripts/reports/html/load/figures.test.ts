import { describe, expect, test } from 'vitest';
import type { LoadResults } from '../../../../load/results.ts';
import { bucketOf } from '../../../../load/run/histogram.ts';
import { hostile } from '../../testing/hostile.ts';
import { syntheticCompare, syntheticLoad, syntheticProfiles } from '../../testing/synthetic-load.ts';
import type { Content } from '../html.ts';
import { html, textOf } from '../html.ts';
import { codesFigure } from './codes.ts';
import { compareSection } from './compare.ts';
import { driftFigure } from './drift.ts';
import { kneeFigure } from './knee.ts';
import { latencyFigure } from './latency.ts';
import { rateFigure } from './rate.ts';
import { loadSection } from './section.ts';
import { stagesFigures } from './stages.ts';
import { windowsFigure } from './windows.ts';
import { workloadsTable } from './workloads.ts';

const load = syntheticLoad();
const profiles = syntheticProfiles();

function drawn(content: Content): string {
  return textOf(html`<p>${content}</p>`).replaceAll('\u00a0', ' ');
}

function count(text: string, what: string | RegExp): number {
  return [...text.matchAll(new RegExp(what, 'g'))].length;
}

function labelOf(text: string): string {
  return /role="img" aria-label="([^"]*)"/.exec(text)?.[1] ?? '';
}

describe('latency', () => {
  const histogram = [
    [bucketOf(1), 10],
    [bucketOf(2), 400],
    [bucketOf(3), 90],
  ] as const;

  test('the highest bar stands where most requests are, and is said', () => {
    const text = drawn(latencyFigure({ ...load, histogram, noiseFloor: null }));
    expect(count(text, 'class="bar-of"')).toBe(3);
    expect(count(text, 'class="bar-of"[^>]*y="0" height="190"')).toBe(1);
    expect(labelOf(text)).toMatch(
      /The highest bar, 400 requests, is at 1\.9\d ms to 2\.0\d ms\. p50 2\.40 ms, p95 5\.04 ms/,
    );
    expect(text).toContain('is not known');
  });

  test('each percentile is marked by name', () => {
    const text = drawn(latencyFigure(load));
    for (const name of ['p50 2.40 ms', 'p95 5.04 ms', 'p99 9.60 ms']) expect(text).toContain(`>${name}</text>`);
    expect(text).toContain('class="noise-edge"');
  });

  test('a p99 near the noise floor is said to say little', () => {
    const noisy = { ...load, noiseFloor: { ...load.latency, p99: 8 } };
    expect(drawn(latencyFigure(noisy))).toContain('The generator alone has a p99 of 8.00 ms');
    expect(drawn(latencyFigure(load))).not.toContain('The generator alone has');
  });

  test('one request is one bar, none is none', () => {
    const one = drawn(latencyFigure({ ...load, histogram: [[120, 1]] }));
    expect(count(one, 'class="bar-of"')).toBe(1);
    expect(one).toContain('The one request took');
    const none = drawn(latencyFigure({ ...load, histogram: [] }));
    expect(none).toContain('No request was answered.');
    expect(none).not.toContain('<svg');
  });

  test('from 0.05 ms to a minute there are no more bars than can be seen', () => {
    const wide = Array.from(
      { length: bucketOf(60_000) - bucketOf(0.05) },
      (_, at) => [bucketOf(0.05) + at, 1] as const,
    );
    const text = drawn(
      latencyFigure({ ...load, histogram: wide, latency: { ...load.latency, p50: 0.05, p99: 58_000 } }),
    );
    expect(count(text, 'class="bar-of"')).toBeLessThanOrEqual(72);
    expect(text).toContain('99 % at most <strong>58.0 s</strong>');
    expect(drawn(latencyFigure({ ...load, histogram: [[0, 5]] }))).not.toContain('NaN');
  });
});

describe('rate', () => {
  test('drops are drawn where they were, and said', () => {
    const series = load.series.map((point, at) => ({ ...point, dropped: at === 4 ? 17 : 0 }));
    const text = drawn(rateFigure({ ...load, series, dropped: 17 }, 20));
    expect(text).toContain('<rect class="dropped" x="20%" width="5%"');
    expect(text).toContain('<strong>17</strong> could not be started on time, from 4 s on');
    expect(labelOf(text)).toBe(
      'Line chart over 20 s: 200 a second asked for, 200 a second answered, 17 requests dropped.',
    );
  });

  test('a rate that moves is drawn as it was asked for', () => {
    const curve = [0, 10, 20].map((at) => ({ at, rate: at === 10 ? 400 : 100 }));
    const text = drawn(rateFigure({ ...load, curve }, 20));
    expect(text).toContain('Asked for 100 to 400 a second');
    expect(text).toContain('class="line asked" d="M0 112.5L500 0L1000 112.5"');
  });

  test('where nobody counted, only what was asked for is drawn', () => {
    const text = drawn(rateFigure({ ...load, series: [] }, 20));
    expect(text).toContain('Nobody counted');
    expect(count(text, 'class="line achieved"')).toBe(0);
    expect(text).not.toContain('<table');
  });

  test('a last moment of a tenth of a second makes no rate of its own', () => {
    const series = [...load.series, { at: 20.1, requests: 90, dropped: 0, codes: [] }];
    expect(drawn(rateFigure({ ...load, series }, 20.1))).toContain('19 to 20.1 s');
  });
});

describe('codes', () => {
  test('each code has a pattern, a name and its count', () => {
    const text = drawn(codesFigure(load, 20));
    expect(text).toContain('200 came in 80 % of 4,000 answers, 5052 in 12.5 %, 5420 in 7 % and no code in 0.5 %.');
    expect(count(text, 'class="stacked" fill="url\\(#tone-2\\)"')).toBe(20);
    for (const name of ['200', '5052', '5420', 'none']) expect(text).toContain(`>${name}</text>`);
  });

  test('a code that began later is said to', () => {
    const series = load.series.map((point, at) =>
      at < 12 ? point : { ...point, codes: [...point.codes, { code: 'other' as const, count: 3 }] },
    );
    const codes = [...load.codes, { code: 'other' as const, count: 24 }];
    expect(drawn(codesFigure({ ...load, series, codes }, 20))).toContain('more codes came first at 12 s.');
  });

  test('twenty codes are seven layers, and twenty rows', () => {
    const codes = Array.from({ length: 20 }, (_, at) => ({ code: 5_000 + at, count: 40 - at }));
    const series = load.series.map((point) => ({ ...point, codes }));
    const text = drawn(codesFigure({ ...load, codes, series }, 20));
    expect(text).toContain('<strong>14 others</strong>');
    expect(count(text, 'class="stacked"')).toBe(20 * 7);
    expect(count(text, '<th scope="row">')).toBe(20);
  });

  test('300 points are at most 60 bars a code', () => {
    const long = syntheticLoad('x', 300);
    expect(count(drawn(codesFigure(long, 300)), 'class="stacked" fill="url\\(#tone-1\\)"')).toBe(60);
  });
});

test('latency over time names its worst moment', () => {
  const text = drawn(windowsFigure(load, 20));
  expect(text).toContain('the p99 was 9.60 ms to 12.8 ms, worst in the one from <strong>4 s</strong> on');
  expect(count(text, 'class="line p99"')).toBe(1);
  expect(windowsFigure({ ...load, windows: [] }, 20)).toBeUndefined();
});

test('a kind of request that was answered wrongly stands out in words', () => {
  const text = drawn(workloadsTable(load));
  expect(text).toContain('<strong>1 of 2 kinds</strong> was not always answered as the contract says.');
  expect(text).toContain('<td class="number wrong">2,990 of 3,000</td>');
});

describe('stages', () => {
  const text = drawn(stagesFigures(profiles));

  test('the dearest stage is named with its interval', () => {
    expect(text).toContain('Dearest is <strong>decryption of the code</strong> with +2.31 ms (2.24 ms to 2.38 ms).');
  });

  test('stages that cannot be told apart are hollow, and named', () => {
    expect(text).toContain('Not told apart from the stage before: format check and decryption of the old secret.');
    expect(count(text, 'class="point unsure" cx="[^1]')).toBeGreaterThanOrEqual(4);
    expect(labelOf(text)).toContain('format check +0.010 ms, not told apart;');
  });

  test('an answer that is not what the contract says is told in the table', () => {
    expect(text).toContain('5213, not what the contract says');
  });

  test('without capacity there is no chart of it', () => {
    const stages = (profiles.stages ?? []).map((stage) => ({ ...stage, capacity: null, marginalCapacity: null }));
    expect(drawn(stagesFigures({ ...profiles, stages }))).not.toContain('load-capacity');
    expect(drawn(stagesFigures({ ...profiles, stages: [] }))).toBe('<p></p>');
  });
});

describe('knee', () => {
  test('trials differ by shape, and the knee lies between two rates', () => {
    const text = drawn(kneeFigure(profiles));
    expect(count(text, 'class="point worse"')).toBe(3 + 1);
    expect(count(text, '<circle class="point unsure"')).toBe(1 + 1);
    expect(text).toContain('<rect class="band" x="51.25%" width="3.75%"');
    expect(text).toContain('kept up to <strong>410 a second</strong> and broken from <strong>440</strong> on.');
    expect(labelOf(text)).toMatch(
      /^8 trials, rate against p99: 100 a second 4\.20 ms kept; .*800 a second 2\.40 s not valid\.$/,
    );
  });

  test.each<[string, LoadResults['knee'], string]>([
    [
      'never kept',
      { keptAt: null, brokenAt: 10, certainty: '', trials: [trial(10)] },
      'never kept</strong> and were broken at 10 a second',
    ],
    [
      'never broken',
      { keptAt: 900, brokenAt: null, certainty: '', trials: [trial(900)] },
      'no rate that could be made broke them',
    ],
    ['never tried', { keptAt: null, brokenAt: null, certainty: '', trials: [] }, 'No rate was tried.'],
  ])('%s is said', (_, knee, words) => {
    expect(drawn(knee === undefined ? '' : kneeFigure({ ...load, knee }))).toContain(words);
  });
});

test('drift is told by percentile, with its verdict', () => {
  const text = drawn(driftFigure(profiles));
  expect(text).toContain('p50 +1.2 % (steady) and p99 +31 % (drifts)');
  expect(driftFigure(load)).toBeUndefined();
});

test('a comparison shows each ratio beside what is tolerated', () => {
  const text = drawn(compareSection(syntheticCompare()));
  expect(text).toContain(
    'Worse: p50 (+10.4 %). Not decided: p95 (+6 %) and p99. Within what is tolerated: rate (−0.1 %).',
  );
  expect(count(text, '<rect class="band" x=')).toBe(3);
  expect(count(text, '<th scope="row">')).toBe(4);
  expect(drawn(compareSection({ ...syntheticCompare(), metrics: [] }))).toContain('No metric could be compared.');
});

test('a comparison that decides nothing says so', () => {
  const compare = syntheticCompare();
  expect(drawn(compareSection(compare))).not.toContain('decide nothing');
  expect(drawn(compareSection({ ...compare, valid: false }))).toContain(
    'The session is not valid.</strong> Its numbers decide nothing.',
  );
  expect(drawn(compareSection({ ...compare, interrupted: true }))).toContain('The session was interrupted.');
  expect(drawn(compareSection({ ...compare, kind: 'stored' }))).toContain('a trend, and no proof');
});

test('a run that is not valid is drawn, and no objective is judged', () => {
  const text = drawn(loadSection({ ...load, valid: false, reasons: ['34 iterations were dropped'] }));
  expect(text).toContain('These numbers decide nothing.');
  expect(text).toContain('<li>34 iterations were dropped</li>');
  expect(text).not.toContain('bound correctly');
  expect(count(text, 'role="img"')).toBe(4);
});

test('every chart has words, a name for those who do not see it, and a table', () => {
  const text = drawn([loadSection(syntheticProfiles(hostile)), compareSection(syntheticCompare(hostile))]);
  expect(count(text, '<figure')).toBe(9);
  expect(count(text, 'role="img" aria-label="[^"]{30,}"')).toBe(9);
  expect(count(text, '<figcaption><h3>[^<]+</h3><p>')).toBe(9);
  expect(count(text, '<details class="data">')).toBe(9);
  expect(text).not.toMatch(/<script|<img|NaN|Infinity|undefined/);
});

test.each<[string, Partial<LoadResults>]>([
  ['nothing', { histogram: [], windows: [], series: [], codes: [], workloads: [], requests: 0, noiseFloor: null }],
  [
    'buckets that are not there',
    {
      histogram: [
        [3, 1],
        [9e9, 1],
      ],
    },
  ],
  ['zeros', { latency: { p50: 0, p90: 0, p95: 0, p99: 0, p999: 0, max: 0 }, histogram: [[0, 1]] }],
  ['all at one moment', { series: [{ at: 0, requests: 5, dropped: 1, codes: [] }] }],
  ['time that stands still', { series: [1, 1, 1].map((at) => ({ at, requests: 5, dropped: 1, codes: [] })) }],
  ['counts that fall', { series: [{ at: 1, requests: -5, dropped: -1, codes: [{ code: 200, count: -3 }] }] }],
  [
    'numbers without end',
    {
      curve: [
        { at: 0, rate: 1 },
        { at: 1e308, rate: 1e308 },
      ],
      noiseFloor: { ...load.latency, p99: 1e308 },
    },
  ],
])('a run of %s is drawn without a hole', (_, strange) => {
  const text = drawn(loadSection({ ...load, ...strange }));
  expect(text).not.toMatch(/NaN|Infinity|undefined|(width|height)="-/);
});

function trial(rate: number): NonNullable<LoadResults['knee']>['trials'][number] {
  return { rate, p99: 5, outcome: 'kept', why: '' };
}
