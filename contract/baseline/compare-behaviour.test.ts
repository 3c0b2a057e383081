import { describe, expect, test } from 'vitest';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { operation } from '../../spec/pure-bt/operation.ts';
import { suite } from '../pure-bt/suite.ts';
import { type Behaviour, dialectTexts, mergeBehaviour, type Observation } from './behaviour.ts';
import { compareBehaviour, countChanges } from './compare-behaviour.ts';
import { describeDifference, firstDifference } from './difference.ts';

const envelope = 'application/json {code:number,data:null,extMsg:null,msg:string}';
const bound = '200 200 application/json {code:number,data:{verified:number=1},extMsg:null,msg:string}';

/** The fact of a refusal. */
function refused(code: number): string {
  return `200 ${code} ${envelope}`;
}

function behaviour(
  cases: Readonly<Record<string, string | undefined>>,
  precedence: Readonly<Record<string, string>> = {},
  more: Partial<Behaviour> = {},
): Behaviour {
  const seen = (fact: string | undefined): Observation =>
    fact === undefined ? { notRun: 'no state' } : { seen: [fact] };
  return {
    ...{
      name: 'b.txt',
      catalogue: 2,
      dialectAt: 'b.txt:2',
      dialect: dialectTexts(defaultDialect, operation),
      detail: 'answers',
    },
    facts: new Map([
      ...Object.entries(cases).map(([id, fact]) => [`case ${id}`, seen(fact)] as const),
      ...Object.entries(precedence).map(([id, fact]) => [`precedence ${id}`, seen(fact)] as const),
    ]),
    ...more,
  };
}

describe('describes a change by its cause', () => {
  test.each([
    ['another code', refused(5420), refused(5421), 'code 5420 → 5421'],
    ['another status', refused(5420), `400 5420 ${envelope}`, 'HTTP 200 → 400'],
    ['a bind instead of a refusal', refused(5361), bound, 'code 5361 → 200'],
    ['one more field', refused(5361), refused(5361).replace('}', ',traceId:string}'), 'body: + traceId (string)'],
    ['one field fewer', refused(5361), refused(5361).replace('extMsg:null,', ''), 'body: − extMsg (null)'],
    [
      'another type',
      refused(5361),
      refused(5361).replace('extMsg:null', 'extMsg:string'),
      'body: extMsg null → string',
    ],
    ['another enumeration', bound, bound.replace('=1', '=0'), 'body: data.verified number=1 → number=0'],
    [
      'another media type',
      refused(5361),
      refused(5361).replace('application', 'text'),
      'media type application/json → text/json',
    ],
    ['a header', refused(5361), `200 5361 ${envelope} set-cookie`, 'header + set-cookie'],
    [
      'an error page',
      refused(5361),
      '500 no-code text/html no-json',
      'HTTP 200 → 500; code 5361 → none; media type application/json → text/html; body: JSON → not JSON',
    ],
    ['a missing answer', refused(5361), 'no-answer', 'there is no longer an answer'],
    ['a new answer', 'no-answer', refused(5361), 'there is now an answer'],
    [
      'a difference that explains the next step',
      `200 5361 ${envelope} > ${bound}`,
      `${bound} > 200 5049 ${envelope}`,
      'code 5361 → 200',
    ],
    ['a later step', `${bound} > 200 5049 ${envelope}`, `${bound} > ${bound}`, 'code 5049 → 200'],
    ['a step that is no longer sent', `${bound} > 200 5049 ${envelope}`, bound, 'later requests are no longer sent'],
    ['one more outcome of a race', bound, `${bound} | 200 5049 ${envelope}`, 'answers to concurrent requests: + 5049'],
    ['a header in a race', `${bound} | 200 5049 ${envelope}`, `${bound} | 200 5049 ${envelope} vary`, 'header + vary'],
  ])('%s', (_, before, after, cause) => {
    expect(describeDifference(before, after)).toBe(cause);
    const changes = compareBehaviour(behaviour({ 'dk/x': before }), behaviour({ 'dk/x': after }), suite);
    expect(changes.clusters).toEqual([{ cause, changes: [{ kind: 'case', id: 'dk/x', before, after }] }]);
  });

  test('clusters equal changes, the largest first', () => {
    const before = {
      a: refused(5420),
      b: refused(5420),
      c: refused(5550),
      d: refused(5361),
    };
    const after = { ...before, a: refused(5421), b: refused(5421), c: refused(5420) };
    const { clusters, compared } = compareBehaviour(behaviour(before), behaviour(after), suite);
    expect(clusters.map(({ cause, changes }) => [cause, changes.map(({ id }) => id).join()])).toEqual([
      ['code 5420 → 5421', 'a,b'],
      ['code 5550 → 5420', 'c'],
    ]);
    expect(compared).toBe(4);
  });
});

describe('the order of checks', () => {
  const pair = 'dk/too-short + signature/middle-digit';
  const other = 'name/too-long + signature/middle-digit';
  const alone = { 'dk/too-short': refused(5361), 'signature/middle-digit': refused(5420) };

  test('names a moved check once for all its pairs', () => {
    const before = behaviour(alone, { [pair]: '200 5361', [other]: '200 5333' });
    const after = behaviour(alone, { [pair]: '200 5420', [other]: '200 5420' });
    expect(compareBehaviour(before, after, suite).clusters).toEqual([
      {
        cause: 'order of checks: signature/middle-digit is found earlier',
        changes: [
          { kind: 'precedence', id: pair, before: '200 5361', after: '200 5420' },
          { kind: 'precedence', id: other, before: '200 5333', after: '200 5420' },
        ],
      },
    ]);
  });

  test('does not take another code for another order', () => {
    const before = behaviour(alone, { [pair]: '200 5420' });
    const after = behaviour({ ...alone, 'signature/middle-digit': refused(5421) }, { [pair]: '200 5421' });
    const [cluster, ...others] = compareBehaviour(before, after, suite).clusters;
    expect(others).toEqual([]);
    expect(cluster?.cause).toBe('code 5420 → 5421');
    expect(cluster?.changes.map(({ kind }) => kind)).toEqual(['case', 'precedence']);
  });

  test('names a check that was removed', () => {
    const before = behaviour(alone, { [pair]: '200 5420' });
    const after = behaviour({ ...alone, 'signature/middle-digit': bound }, { [pair]: '200 5361' });
    expect(compareBehaviour(before, after, suite).clusters.map(({ cause }) => cause)).toContain(
      'order of checks: signature/middle-digit is no longer found',
    );
  });
});

describe('reports no change', () => {
  test('if both sides are equal', () => {
    const one = behaviour({ a: refused(5361), b: undefined }, { 'x + y': '200 5361' });
    const changes = compareBehaviour(one, one, suite);
    expect(changes).toMatchObject({ compared: 2, clusters: [], added: [], gone: [], notRun: [], unsteady: [] });
  });

  test('for cases that are new, gone or did not run', () => {
    const before = behaviour({ gone: refused(1), 'not-run': refused(1), idle: undefined });
    const after = behaviour(
      { 'not-run': undefined, idle: undefined, fresh: refused(1), skipped: undefined },
      {},
      { catalogue: 3 },
    );
    expect(compareBehaviour(before, after, suite)).toMatchObject({
      ...{ compared: 0, clusters: [], added: ['fresh'], gone: ['gone'] },
      notRun: [{ id: 'not-run', reason: 'no state' }],
    });
  });

  test('for a result that was seen in one of two runs', () => {
    const [one, other, third] = ['5459', '5465', '5213'].map((code) => behaviour({ a: `200 ${code} ${envelope}` }));
    if (one === undefined || other === undefined || third === undefined) throw new Error('three behaviours');
    const either = mergeBehaviour(one, other.facts);
    expect(countChanges(compareBehaviour(either, other, suite))).toBe(0);
    expect(compareBehaviour(either, third, suite).clusters[0]?.cause).toBe('code 5459 → 5213');
    // One result is as before and one is not: chance, not a change.
    const { clusters, unsteady } = compareBehaviour(one, either, suite);
    expect([clusters, unsteady.map(({ id }) => id)]).toEqual([[], ['a']]);
  });

  test('if one side has no order of checks', () => {
    const before = behaviour({}, { 'x + y': '200 5361' });
    expect(compareBehaviour(before, behaviour({}), suite).notRun).toEqual([
      { id: 'x + y', reason: 'the order of checks was not recorded' },
    ]);
    expect(compareBehaviour(behaviour({}), before, suite).added).toEqual([]);
  });

  test('beyond codes, if one side has codes only', () => {
    const whole = behaviour({ a: `${bound} > 200 5049 ${envelope}`, b: `left-out > ${bound}` });
    const codes = behaviour({ a: '200 200 | 200 5049', b: '200 200 | 413 no-code' }, {}, { detail: 'codes' });
    expect(compareBehaviour(whole, codes, suite)).toMatchObject({ compared: 1, clusters: [] });
    const other = behaviour({ a: '200 200' }, {}, { detail: 'codes' });
    expect(compareBehaviour(whole, other, suite).clusters[0]?.cause).toBe('answers to concurrent requests: − 5049');
  });
});

describe('dialects of a comparison', () => {
  test('must be equal', () => {
    const zero = behaviour(
      {},
      {},
      { dialect: dialectTexts({ ...defaultDialect, successCode: 0 }, operation), dialectAt: 'this run' },
    );
    expect(() => compareBehaviour(behaviour({}), zero, suite)).toThrow(
      'b.txt:2: it was recorded with successCode=200, but this run has successCode=0',
    );
  });

  test('have the default of a missing setting', () => {
    const { pwdPattern: _, ...older } = dialectTexts(defaultDialect, operation);
    expect(countChanges(compareBehaviour(behaviour({}, {}, { dialect: older }), behaviour({}), suite))).toBe(0);
  });

  test('encode a pattern with spaces as one word', () => {
    expect(dialectTexts({ pwdPattern: 'a b\n%' }, operation)).toEqual({ pwdPattern: 'a%20b%0A%25' });
  });
});

test('shortens two facts to the first step that differs', () => {
  expect(firstDifference(refused(5420), refused(5421))).toEqual(['200 5420 …', '200 5421 …']);
  expect(firstDifference(refused(5361), bound)).toEqual(['200 5361 …', '200 200 …']);
  expect(firstDifference(`${bound} > no-answer`, `${bound} > 200 5049 a/b {}`)).toEqual([
    'step 2: no-answer',
    'step 2: 200 5049 a/b {}',
  ]);
  expect(firstDifference('200 1 a/b {}', '200 1 a/b {} vary')).toEqual(['200 1 a/b {}', '200 1 a/b {} vary']);
  expect(firstDifference('200 5361', '200 5420')).toEqual(['200 5361', '200 5420']);
});
