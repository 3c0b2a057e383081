import { expect, test } from 'vitest';
import { htmlText } from '../html.ts';
import { figure } from './figure.ts';
import { intervals } from './intervals.ts';
import { area, endLabels, flagMarks, line, spreadHeights } from './marks.ts';
import { addedText, changeText, listText, momentText, msText, msTick, shareText, shortText } from './number-text.ts';

test.each<[string, readonly string[], readonly string[]]>([
  [
    'durations with significant digits',
    [0, 0.05, 0.6, 57.716, 138.2, 999.6, 16_000, 60_000].map(msText),
    ['0 ms', '0.050 ms', '0.600 ms', '57.7 ms', '138 ms', '1.00 s', '16.0 s', '60.0 s'],
  ],
  ['round ticks', [0.05, 0.5, 100, 2_000].map(msTick), ['0.05 ms', '0.5 ms', '100 ms', '2 s']],
  ['additions with a sign', [0.31, -0.02].map(addedText), ['+0.310 ms', '−0.020 ms']],
  ['changes', [1, 1.052, 0.9, 3.4].map(changeText), ['0 %', '+5.2 %', '−10 %', '×3.4']],
  ['moments', [5, 60, 90, 600, 7_200, 61.5].map(momentText), ['5 s', '1 min', '1.5 min', '10 min', '2 h', '61.5 s']],
  [
    'shares that are 0 and 100 only for nothing and all',
    [shareText(0, 9), shareText(1, 100_000), shareText(99_999, 100_000), shareText(9, 9)],
    ['0 %', 'under 0.1 %', 'over 99.9 %', '100 %'],
  ],
  ['lists', [[], ['a'], ['a', 'b', 'c']].map(listText), ['', 'a', 'a, b and c']],
  [
    'text that is cut and inert',
    [shortText('x'.repeat(90)), shortText('a\u202eb')],
    [`${'x'.repeat(33)}…`, 'a\\u{202e}b'],
  ],
])('%s', (_, texts, want) => {
  expect(texts.map((text) => text.replaceAll('\u00a0', ' '))).toEqual(want);
});

test('separates the names of lines that end at one point', () => {
  expect(spreadHeights([50, 52, 54], 100)).toEqual([50, 64, 78]);
  expect(spreadHeights([99, 98, 10], 100)).toEqual([100, 86, 10]);
  expect(
    endLabels([{ y: 5, text: '<p99>' }], 100)
      .map(htmlText)
      .join(''),
  ).toContain('&lt;p99&gt;');
});

test('puts each flag on its own row, on the side with space', () => {
  const rows = (shares: readonly number[]): readonly string[] =>
    flagMarks(
      shares.map((share) => ({ share, text: String(share) })),
      100,
    ).map(htmlText);
  for (const shares of [
    [0.1, 0.11, 0.12],
    [0.8, 0.81, 0.82],
    [0.1, 0.5, 0.9],
  ]) {
    expect(rows(shares).map((flag) => /y1="(-\d+)"/.exec(flag)?.[1])).toEqual(['-51', '-34', '-17']);
  }
  expect(rows([0.1, 0.2, 0.3]).filter((flag) => flag.includes('end'))).toHaveLength(0);
  expect(rows([0.7, 0.8, 0.9]).filter((flag) => flag.includes('end'))).toHaveLength(3);
  // On the left, the last one is on top, so that no mark crosses another name.
  expect(rows([0.7, 0.8, 0.9])[0]).toContain('>0.9<');
});

test('draws a line through its points and an area to the axis', () => {
  const points = [[0, 10], [1, 20.126]] as const; // biome-ignore format: a pair of pairs
  expect(htmlText(line(points, 50, 'asked'))).toContain('d="M0 10L1000 20.13"');
  expect(htmlText(area(points, 50, 'under'))).toContain('d="M0 10L1000 20.13V50H0Z"');
});

test('draws an interval from low to high with a shape per look', () => {
  const drawn = htmlText(
    intervals({
      label: 'two',
      axis: 'ms',
      text: String,
      reference: 0,
      rows: [
        { name: 'a', estimate: { value: 5, low: 4, high: 10 }, value: '5', look: 'unsure' },
        { name: 'b', estimate: { value: 1, low: 0, high: 2 }, value: '1', look: 'worse', range: [0, 5] },
      ],
    }),
  );
  expect(drawn).toContain('<line class="interval unsure" x1="40%" x2="100%"');
  expect(drawn).toContain('<circle class="point unsure" cx="50%"');
  expect(drawn).toMatch(/<path class="point worse" d="M/);
  expect(drawn).toContain('<rect class="band" x="0%" width="50%"');
});

test('gives a figure a finding and a table of its numbers', () => {
  const drawn = (rows: readonly (readonly [string, number])[]): string =>
    htmlText(figure({ id: 'f', title: 'T<i>', finding: 'All is well.', drawing: '', head: ['a', 'b'], rows }));
  expect(drawn([['x', 1]])).toContain('<figcaption><h3>T&lt;i&gt;</h3><p>All is well.</p></figcaption>');
  expect(drawn([['x', 1]])).toContain('<th scope="row">x</th><td class="number">1</td>');
  expect(drawn([])).not.toContain('<table');
});
