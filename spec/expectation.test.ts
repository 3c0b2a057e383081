import { expect, test } from 'vitest';
import type { CodeClass, Expectation } from './expectation.ts';
import { binds, classifyCode, refusedUndocumented, refusedWith } from './expectation.ts';
import { defaultDialect } from './pure-bt/dialect.ts';

// The five rows on which the model was proved: success, one code, one with a state, none documented, indistinguishable.
const dk = refusedWith(5361);
const mode = refusedWith(5412);
const signature = refusedUndocumented(['signature', 'signatureMissing']);
const permission = refusedWith(5041, { open: [5327, 5358] });
const code = refusedWith(5213, { siblings: ['bindingCode'] });

const strict = { ...defaultDialect, siblingCodes: 'refuse' } as const;
const zero = { ...defaultDialect, successCode: 0 } as const;
const either = { ...defaultDialect, successCode: 'any' } as const;

test.each<[string, Expectation, number, readonly [CodeClass, CodeClass, CodeClass, CodeClass]]>([
  ['success is due', binds, 200, ['right', 'right', 'wrong', 'right']],
  ['success is due', binds, 0, ['wrong', 'wrong', 'right', 'right']],
  ['success is due', binds, 5361, ['wrong', 'wrong', 'wrong', 'wrong']],
  ['a dk format is due', dk, 5361, ['right', 'right', 'right', 'right']],
  ['a dk format is due', dk, 200, ['wrong', 'wrong', 'wrong', 'wrong']],
  ['a dk format is due', dk, 5420, ['wrong', 'wrong', 'wrong', 'wrong']],
  ['a mode is due', mode, 5412, ['right', 'right', 'right', 'right']],
  ['a mode is due', mode, 5049, ['wrong', 'wrong', 'wrong', 'wrong']],
  ['any refusal is due', signature, 5420, ['right', 'right', 'right', 'right']],
  ['any refusal is due', signature, 9999, ['right', 'right', 'right', 'right']],
  ['any refusal is due', signature, 200, ['wrong', 'wrong', 'wrong', 'wrong']],
  ['any refusal is due', signature, 0, ['wrong', 'wrong', 'wrong', 'wrong']],
  ['one of three alike is due', permission, 5041, ['right', 'right', 'right', 'right']],
  ['one of three alike is due', permission, 5327, ['open', 'open', 'open', 'open']],
  ['one of three alike is due', permission, 5229, ['wrong', 'wrong', 'wrong', 'wrong']],
  ["a sibling's code may stand in", code, 5460, ['right', 'wrong', 'right', 'right']],
])('%s, %o, and %i comes: default, siblings refused, 0 and any', (_, expectation, received, want) => {
  expect([defaultDialect, strict, zero, either].map((dialect) => classifyCode(received, expectation, dialect))).toEqual(
    want,
  );
});
