import { expect, test } from 'vitest';
import type { Knee, KneeTrial, LoadResults } from '../../../../load/results.ts';
import { bucketIndex } from '../../../../load/run/histogram.ts';
import { operation } from '../../../../spec/pure-bt/operation.ts';
import { hostile } from '../../testing/synthetic.ts';
import { syntheticCompare, syntheticLoad, syntheticProfiles } from '../../testing/synthetic-load.ts';
import { type Content, html, htmlText } from '../html.ts';
import { codesFigure } from './codes.ts';
import { compareSection } from './compare.ts';
import { driftFigure } from './drift.ts';
import { kneeFigure } from './knee.ts';
import { latencyFigure } from './latency.ts';
import { rateFigure } from './rate.ts';
import { loadSection, workloadsTable } from './section.ts';
import { stagesFigures } from './stages.ts';
import { windowsFigure } from './windows.ts';

const load = syntheticLoad();
const profiles = syntheticProfiles();

const histogram = [
  [bucketIndex(1), 10],
  [bucketIndex(2), 400],
  [bucketIndex(3), 90],
] as const;
const wide = Array.from(
  { length: bucketIndex(60_000) - bucketIndex(0.05) },
  (_, at) => [bucketIndex(0.05) + at, 1] as const,
);
const curve = [0, 10, 20].map((at) => ({ at, rate: at === 10 ? 400 : 100 }));
const dropping = load.series.map((point, at) => ({ ...point, dropped: at === 4 ? 17 : 0 }));
const later = load.series.map((point, at) =>
  at < 12 ? point : { ...point, codes: [...point.codes, { code: 'other' as const, count: 3 }] },
);
const twenty = Array.from({ length: 20 }, (_, at) => ({ code: 5_000 + at, count: 40 - at }));
const trial = (rate: number): KneeTrial => ({ rate, p99: 5, outcome: 'kept', why: '' });
const knee = (change: Partial<Knee>): Content =>
  kneeFigure({ ...load, knee: { keptAt: null, brokenAt: null, certainty: '', trials: [], ...change } });
const compare = syntheticCompare();
const unmeasured = [
  stagesFigures({ ...profiles, stages: [] }),
  windowsFigure({ ...load, windows: [] }, 20),
  ...[driftFigure(load), kneeFigure(load), workloadsTable({ ...load, workloads: [] })],
];

/** The expected texts and patterns of a figure, and how often a pattern must occur. */
test.each<[string, Content, readonly (string | RegExp | readonly [string, number])[]]>([
  [
    'latency: the highest bar is where most requests are',
    latencyFigure({ ...load, histogram, noiseFloor: null }),
    [
      ['class="bar-of"', 3],
      ['class="bar-of"[^>]*y="0" height="190"', 1],
      /aria-label="[^"]*The highest bar, 400 requests, is at 1\.9\d ms to 2\.0\d ms\. p50 2\.40 ms, p95 5\.04 ms/,
      'is not known',
    ],
  ],
  [
    'latency: marks each percentile and the noise floor',
    latencyFigure(load),
    [
      ...['p50 2.40 ms', 'p95 5.04 ms', 'p99 9.60 ms'].map((name) => `>${name}</text>`),
      'class="noise-edge"',
      ['The noise floor \\(', 0],
    ],
  ],
  [
    'latency: warns of a p99 near the noise floor',
    latencyFigure({ ...load, noiseFloor: { ...load.latency, p99: 8 } }),
    ['has a p99 of 8.00 ms, so the slow end says little'],
  ],
  [
    'latency: one request is one bar',
    latencyFigure({ ...load, histogram: [[120, 1]] }),
    [['class="bar-of"', 1], 'The one request took'],
  ],
  ['latency: no request', latencyFigure({ ...load, histogram: [] }), ['No request was answered.', ['<svg', 0]]],
  [
    'latency: limits the number of bars',
    latencyFigure({ ...load, histogram: wide, latency: { ...load.latency, p50: 0.05, p99: 58_000 } }),
    [['class="bar-of"', 72], '99 % at most <strong>58.0 s</strong>'],
  ],
  [
    'rate: draws and counts dropped requests',
    rateFigure({ ...load, series: dropping, dropped: 17 }, 20),
    [
      '<rect class="dropped" x="20%" width="5%"',
      '<strong>17</strong> could not be started on time, from 4 s on',
      'aria-label="Line chart over 20 s: 200 per second requested, 200 per second answered, 17 requests dropped."',
    ],
  ],
  [
    'rate: draws a changing rate as requested',
    rateFigure({ ...load, curve }, 20),
    ['requested 100 to 400 per second', 'class="line asked" d="M0 112.5L500 0L1000 112.5"'],
  ],
  [
    'rate: without counts, draws only the requested rate',
    rateFigure({ ...load, series: [] }, 20),
    ['There are no counts over time', ['class="line achieved"', 0], ['<table', 0]],
  ],
  [
    'rate: merges a short last moment',
    rateFigure({ ...load, series: [...load.series, { at: 20.1, requests: 90, dropped: 0, codes: [] }] }, 20.1),
    ['19 to 20.1 s'],
  ],
  [
    'codes: gives each a pattern, a name and a count',
    codesFigure(load, 20, operation),
    [
      '200 was received in 80 % of 4,000 answers, 5052 in 12.5 %, 5420 in 7 % and no code in 0.5 %.',
      ['class="stacked" fill="url\\(#tone-2\\)"', 20],
      ...['200', '5052', '5420', 'none'].map((name) => `>${name}</text>`),
    ],
  ],
  [
    'codes: names a code that started later',
    codesFigure({ ...load, series: later, codes: [...load.codes, { code: 'other', count: 24 }] }, 20, operation),
    ['more codes first appeared at 12 s.'],
  ],
  [
    'codes: shows twenty codes in seven layers',
    codesFigure(
      { ...load, codes: twenty, series: load.series.map((point) => ({ ...point, codes: twenty })) },
      20,
      operation,
    ),
    ['<strong>14 others</strong>', ['class="stacked"', 20 * 7], ['<th scope="row">', 20]],
  ],
  [
    'codes: merges 300 points into 60 bars',
    codesFigure(syntheticLoad('x', 300), 300, operation),
    [['class="stacked" fill="url\\(#tone-1\\)"', 60]],
  ],
  [
    'latency over time: names the worst moment',
    windowsFigure(load, 20),
    ['the p99 was 9.60 ms to 12.8 ms, worst in the window from <strong>4 s</strong> on', ['class="line p99"', 1]],
  ],
  [
    'requests: names a kind with wrong answers',
    workloadsTable(load),
    [
      '<strong>1 of 2 kinds</strong> was not always answered as the contract says.',
      '<td class="number wrong">2,990 of 3,000</td>',
    ],
  ],
  [
    'stages: names the most expensive and the indistinguishable ones',
    stagesFigures(profiles),
    [
      'The most expensive stage is <strong>decryption of the code</strong> with +2.31 ms (2.24 ms to 2.38 ms).',
      'Not distinguishable from the stage before: format check and decryption of the old secret.',
      ['class="point unsure" cx="[^1]', 4],
      'format check +0.010 ms, not distinguishable;',
      '5213, not what the contract says',
    ],
  ],
  [
    'stages: draws no chart without capacity',
    stagesFigures({
      ...profiles,
      stages: (profiles.stages ?? []).map((stage) => ({ ...stage, capacity: null, marginalCapacity: null })),
    }),
    ['load-stages', ['load-capacity', 0]],
  ],
  [
    'knee: draws trials by shape and the range of the limit',
    kneeFigure(profiles),
    [
      ['class="point worse"', 3 + 1],
      ['<circle class="point unsure"', 1 + 1],
      '<rect class="band" x="51.25%" width="3.75%"',
      'met up to <strong>410 per second</strong> and missed from <strong>440</strong> on.',
      /aria-label="8 trials, rate against p99: 100 per second 4\.20 ms met; [^"]*800 per second 2\.40 s not valid\."/,
    ],
  ],
  [
    'knee: never met',
    knee({ brokenAt: 10, trials: [trial(10)] }),
    ['never met</strong>, and were missed at 10 per second'],
  ],
  ['knee: never missed', knee({ keptAt: 900, trials: [trial(900)] }), ['no possible rate missed them']],
  ['knee: never tried', knee({}), ['No rate was tried.']],
  [
    'drift: shows each percentile with its verdict',
    driftFigure(profiles),
    ['p50 +1.2 % (steady) and p99 +31 % (drifts)'],
  ],
  ['nothing that was not measured', unmeasured, [/^<p><\/p>$/]],
  [
    'a comparison: shows each ratio and its tolerance',
    compareSection(compare).markup,
    [
      'Worse: p50 (+10.4 %). Not decided: p95 (+6 %) and p99. Within the tolerance: rate (−0.1 %).',
      ['<rect class="band" x=', 3],
      ['<th scope="row">', 4],
      ['There is no verdict', 0],
    ],
  ],
  ['a comparison of nothing', compareSection({ ...compare, metrics: [] }).markup, ['No metric could be compared.']],
  [
    'a comparison that is not valid',
    compareSection({ ...compare, valid: false }).markup,
    ['The session is not valid.</strong> There is no verdict.'],
  ],
  [
    'a comparison that was interrupted',
    compareSection({ ...compare, interrupted: true }).markup,
    ['The session was interrupted.'],
  ],
  ['a comparison of two files', compareSection({ ...compare, kind: 'stored' }).markup, ['show a trend, not proof']],
  [
    'an invalid run: draws charts but judges no objective',
    loadSection({ ...load, valid: false, reasons: ['34 iterations were dropped'] }, operation).markup,
    ['These numbers are not valid.', '<li>34 iterations were dropped</li>', ['bound correctly', 0], ['role="img"', 4]],
  ],
  [
    'a load: gives every chart a finding, a label and a table',
    [loadSection(syntheticProfiles(hostile), operation).markup, compareSection(syntheticCompare(hostile)).markup],
    [
      ['<figure', 9],
      ['role="img" aria-label="[^"]{30,}"', 9],
      ['<figcaption><h3>[^<]+</h3><p>', 9],
      ['<details class="data">', 9],
      ['<script|<img|NaN|Infinity|undefined', 0],
    ],
  ],
])('%s', (_, content, wanted) => {
  const text = htmlText(html`<p>${content}</p>`).replaceAll('\u00a0', ' ');
  for (const want of wanted) {
    if (typeof want === 'string') expect(text).toContain(want);
    else if (want instanceof RegExp) expect(text).toMatch(want);
    else expect([want[0], [...text.matchAll(new RegExp(want[0], 'g'))].length]).toEqual(want);
  }
});

test.each<[string, Partial<LoadResults>]>([
  ['nothing', { histogram: [], windows: [], series: [], codes: [], workloads: [], requests: 0, noiseFloor: null }],
  ['missing buckets', { histogram: [3, 9e9].map((bucket) => [bucket, 1]) }],
  ['zeros', { latency: { p50: 0, p90: 0, p95: 0, p99: 0, p999: 0, max: 0 }, histogram: [[0, 1]] }],
  ['all at one moment', { series: [{ at: 0, requests: 5, dropped: 1, codes: [] }] }],
  ['constant time', { series: [1, 1, 1].map((at) => ({ at, requests: 5, dropped: 1, codes: [] })) }],
  ['decreasing counts', { series: [{ at: 1, requests: -5, dropped: -1, codes: [{ code: 200, count: -3 }] }] }],
  [
    'infinite numbers',
    { curve: [0, 1e308].map((at) => ({ at, rate: at })), noiseFloor: { ...load.latency, p99: 1e308 } },
  ],
])('draws a run with %s', (_, strange) => {
  const text = htmlText(loadSection({ ...load, ...strange }, operation).markup);
  expect(text).not.toMatch(/NaN|Infinity|undefined|(width|height)="-/);
});
