/** Only a source may fail a server: the page, the family's protocol, an RFC or a security property. */
import { expect, test } from 'vitest';
import { declareAll } from '../spec/dialect.ts';
import { classifyCode } from '../spec/expectation.ts';
import { documentedCodes } from '../spec/pure-bt/catalogue.ts';
import { type Dialect, defaultDialect, dialectKeys } from '../spec/pure-bt/dialect.ts';
import { findRule, ruleIds } from '../spec/pure-bt/rules.ts';
import { mayFail, type Rule } from '../spec/rule.ts';
import { cases } from './pure-bt/cases/all-cases.ts';
import { precedenceCases } from './pure-bt/cases/precedence.ts';
import { type Case, listExpectations } from './run/case.ts';

const undocumented = 7777;

/** Whether the opposite of a reading, or an undocumented code, fails a case that is based on that reading. */
function failsByReading(tested: Case): boolean {
  return listExpectations(tested, defaultDialect).some(
    (expectation) =>
      // Only readings of the code count, not those of headers or data.
      (expectation.open.length > 0 || expectation.openRefusals !== undefined) &&
      expectation.reading === tested.rule &&
      [200, undocumented].some((code) => classifyCode(code, expectation, defaultDialect) === 'wrong'),
  );
}

test('fails nothing based on a reading alone', () => {
  const byReading = cases.filter(({ rule }) => !mayFail(findRule(rule)));
  const failing = byReading.filter((tested) =>
    listExpectations(tested, defaultDialect).every(({ reading, anyRefusal, codes, undocumented = false }) => {
      const isOpen = anyRefusal || undocumented || (codes.includes(200) && codes.length > 1);
      return reading === undefined && !isOpen;
    }),
  );
  // A property judges each sample itself.
  expect(failing.filter(({ property }) => property === undefined).map(({ id }) => id)).toEqual([]);
});

test('warns if a server follows another reading', () => {
  const wrong = cases.filter((tested) => !mayFail(findRule(tested.rule)) && failsByReading(tested)).map(({ id }) => id);
  expect(wrong).toEqual([]);
});

test('fails a server that breaks a declared reading', () => {
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

test('has a claim, a source and an allowed mark per rule', () => {
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

test('fails no undeclared format of a sibling page', () => {
  const formats = ruleIds.filter((id) => findRule(id).isFormat === true);
  expect(formats.filter((id) => mayFail(findRule(id)) || findRule(id).dialect === undefined)).toEqual([]);
});

test('uses every rule', () => {
  // Some rules need another dialect: the code of a refusal that only one reading has.
  const dialects: readonly Dialect[] = [defaultDialect, { ...defaultDialect, unknownDk: 'refused' }];
  const readings = dialects.flatMap((dialect) =>
    cases.flatMap((tested) => listExpectations(tested, dialect).map(({ reading }) => reading)),
  );
  const used = new Set([...cases, ...precedenceCases].map(({ rule }) => rule));
  // Rules that every answer is judged by.
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
