/** What may fail a server is said somewhere: by the page, by the family's protocol, by an RFC, or by a security property. */
import { expect, test } from 'vitest';
import { declareAll } from '../spec/dialect.ts';
import { classifyCode } from '../spec/expectation.ts';
import { documentedCodes } from '../spec/pure-bt/catalogue.ts';
import { defaultDialect, dialectKeys } from '../spec/pure-bt/dialect.ts';
import { findRule, ruleIds } from '../spec/pure-bt/rules.ts';
import type { Rule } from '../spec/rule.ts';
import { mayFail } from '../spec/rule.ts';
import { cases } from './pure-bt/cases/all-cases.ts';
import { precedenceCases } from './pure-bt/cases/precedence.ts';
import type { Case } from './run/case.ts';
import { listExpectations } from './run/case.ts';

const undocumented = 7777;

/** Whether the opposite of what a reading expects, or a code of its own, fails a case that rests on that reading. */
function failsByReading(tested: Case): boolean {
  return listExpectations(tested, defaultDialect).some(
    (expectation) =>
      // A reading of what stands beside the code has nothing to do with the code.
      (expectation.open.length > 0 || expectation.openRefusals !== undefined) &&
      expectation.reading === tested.rule &&
      [200, undocumented].some((code) => classifyCode(code, expectation, defaultDialect) === 'wrong'),
  );
}

test('a case that rests on a reading alone fails nothing', () => {
  const resting = cases.filter(({ rule }) => !mayFail(findRule(rule)));
  const failing = resting.filter((tested) =>
    listExpectations(tested, defaultDialect).every(({ reading, anyRefusal, codes, undocumented = false }) => {
      const isOpenEnd = anyRefusal || undocumented || (codes.includes(200) && codes.length > 1);
      return reading === undefined && !isOpenEnd;
    }),
  );
  // A property judges each of its samples, and a step that binds only prepares the one that is read.
  expect(failing.filter(({ property }) => property === undefined).map(({ id }) => id)).toEqual([]);
});

test('where our reading expects a bind or a refusal, the other one only warns', () => {
  const wrong = cases.filter((tested) => !mayFail(findRule(tested.rule)) && failsByReading(tested)).map(({ id }) => id);
  expect(wrong).toEqual([]);
});

test('a reading that is declared fails', () => {
  const strict = declareAll(defaultDialect);
  const soft = cases.flatMap((tested) =>
    listExpectations(tested, defaultDialect).flatMap((expectation) => {
      const key = expectation.reading === undefined ? undefined : findRule(expectation.reading).dialect;
      return key === undefined ? [] : [{ id: tested.id, expectation }];
    }),
  );
  expect(soft.length).toBeGreaterThan(50);
  const stillOpen = soft.filter(({ expectation }) =>
    [200, undocumented, ...documentedCodes.map(({ code }) => code)].some(
      (code) => classifyCode(code, expectation, strict) === 'open',
    ),
  );
  expect(stillOpen.map(({ id }) => id)).toEqual([]);
});

test('every rule has a claim and a source, and a mark that its basis allows', () => {
  const allowed: Readonly<Record<Rule['basis'], RegExp>> = {
    document: /[DV]/,
    family: /[SV]/,
    security: /[PR]/,
    inferred: /[SVIN]/,
  };
  const odd = ruleIds.filter((id) => {
    const { basis, claim, source, marks, dialect } = findRule(id);
    const isKnown = dialect === undefined || dialectKeys.some((key) => key === dialect);
    return !(isKnown && claim.endsWith('.') && source !== '' && allowed[basis].test(marks.join('')));
  });
  expect(odd).toEqual([]);
});

test('a format or a limit that a sibling page names fails nobody who has not declared it', () => {
  const formats = ruleIds.filter((id) => findRule(id).isFormat === true);
  expect(formats.filter((id) => mayFail(findRule(id)) || findRule(id).dialect === undefined)).toEqual([]);
});

test('every rule is one that a case, a reading or a judgement rests on', () => {
  const readings = cases.flatMap((tested) => listExpectations(tested, defaultDialect).map(({ reading }) => reading));
  const used = new Set([...cases, ...precedenceCases].map(({ rule }) => rule));
  // What every answer is judged by, whatever the case.
  const judged = [
    'success-code',
    'envelope',
    'http-status',
    'content-type-false',
    'codes-mean',
    'sibling-codes',
    'no-leak',
  ];
  expect(ruleIds.filter((id) => !used.has(id) && !readings.includes(id) && !judged.includes(id))).toEqual([]);
});
