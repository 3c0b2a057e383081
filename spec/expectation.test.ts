import { expect, test } from 'vitest';
import {
  binds,
  type CodeClass,
  classifyCode,
  type Expectation,
  refusedUndocumented,
  refusedWith,
} from './expectation.ts';
import declaredRules from './family/declared/rules.json' with { type: 'json' };
import familyRules from './family/rules.json' with { type: 'json' };
import { defaultDialect } from './pure-bt/dialect.ts';

// The five kinds of expectation: success, one code, one code with a state, no documented code, indistinguishable codes.
const dk = refusedWith(5361);
const mode = refusedWith(5412);
const signature = refusedUndocumented(['signature', 'signatureMissing']);
const permission = refusedWith(5041, { open: [5327, 5358] });
const code = refusedWith(5213, { siblings: ['bindingCode'] });

const strict = { ...defaultDialect, siblingCodes: 'refuse' } as const;
const zero = { ...defaultDialect, successCode: 0 } as const;
const either = { ...defaultDialect, successCode: 'any' } as const;

test.each<[string, Expectation, number, readonly [CodeClass, CodeClass, CodeClass, CodeClass]]>([
  ['expecting success', binds, 200, ['right', 'right', 'wrong', 'right']],
  ['expecting success', binds, 0, ['wrong', 'wrong', 'right', 'right']],
  ['expecting success', binds, 5361, ['wrong', 'wrong', 'wrong', 'wrong']],
  ['expecting a dk format error', dk, 5361, ['right', 'right', 'right', 'right']],
  ['expecting a dk format error', dk, 200, ['wrong', 'wrong', 'wrong', 'wrong']],
  ['expecting a dk format error', dk, 5420, ['wrong', 'wrong', 'wrong', 'wrong']],
  ['expecting a binding mode error', mode, 5412, ['right', 'right', 'right', 'right']],
  ['expecting a binding mode error', mode, 5049, ['wrong', 'wrong', 'wrong', 'wrong']],
  ['expecting any refusal', signature, 5420, ['right', 'right', 'right', 'right']],
  ['expecting any refusal', signature, 9999, ['right', 'right', 'right', 'right']],
  ['expecting any refusal', signature, 200, ['wrong', 'wrong', 'wrong', 'wrong']],
  ['expecting any refusal', signature, 0, ['wrong', 'wrong', 'wrong', 'wrong']],
  ['expecting one of three indistinguishable codes', permission, 5041, ['right', 'right', 'right', 'right']],
  ['expecting one of three indistinguishable codes', permission, 5327, ['open', 'open', 'open', 'open']],
  ['expecting one of three indistinguishable codes', permission, 5229, ['wrong', 'wrong', 'wrong', 'wrong']],
  ["accepting a sibling page's code", code, 5460, ['right', 'wrong', 'right', 'right']],
])('%s (%o), classifies %i', (_, expectation, received, want) => {
  expect([defaultDialect, strict, zero, either].map((dialect) => classifyCode(received, expectation, dialect))).toEqual(
    want,
  );
});

test.each([...Object.entries(familyRules), ...Object.entries(declaredRules)])(
  'the rule %s of the family is whole',
  (_, rule) => {
    expect({ ...rule, marks: rule.marks.join() }).toMatchObject({
      topic: expect.stringMatching(/./),
      claim: expect.stringMatching(/\.$/),
      source: expect.stringMatching(/./),
      marks: expect.stringMatching(/^[DSVRPIN](,[DSVRPIN])*$/),
      basis: expect.stringMatching(/^(document|family|security|inferred)$/),
    });
  },
);
