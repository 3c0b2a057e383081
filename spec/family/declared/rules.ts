import type { Rule } from '../../rule.ts';
import shared from '../rules.json' with { type: 'json' };
import { checkKey, type Declared, type DeclaredCheck } from './model.ts';
import own from './rules.json' with { type: 'json' };

/** What a case of any operation that is data may claim: the claims of the family, and more. */
const known = { ...shared, ...own } as unknown as Readonly<Record<string, Rule>>;

/** Every claim that a case of this operation may test: those of any operation, and one for each of its checks. */
export function declaredRules(declared: Declared): Readonly<Record<string, Rule>> {
  const checks = declared.declaration.checks.map((check) => {
    const id = ruleOf(check, declared);
    return [id, known[id] ?? checkRule(check)];
  });
  return { ...known, ...Object.fromEntries(checks) };
}

/** The rule of a check. Checks with the same code have a rule each. */
export function ruleOf(check: DeclaredCheck, { declaration }: Pick<Declared, 'declaration'>): string {
  if (check.token !== undefined && check.code === sharedTokenCodes[check.token]) return `token-${check.token}`;
  const alone = declaration.checks.filter(({ code }) => code === check.code).length === 1;
  return alone ? `code-${check.code}` : `code-${check.code}-${slug(checkKey(check))}`;
}

/** The codes that the rules of the family name. */
const sharedTokenCodes = { missing: 5106, bad: 5032 } as const;

/** A text as a part of an id. */
export function slug(text: string): string {
  return text
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase();
}

function checkRule(check: DeclaredCheck): Rule {
  const { code, guess = false } = check;
  return {
    topic: check.state === undefined ? 'fields' : 'states',
    claim: `${subject(check)} is refused with ${code}.`,
    source: `status ${code}${guess ? '; what brings it is guessed' : ''}`,
    marks: [guess ? 'I' : 'D'],
    basis: guess ? 'inferred' : 'document',
    ...(guess && { dialect: 'guesses' }),
  };
}

function subject({ token, absent, malformed, longer, limit, state }: DeclaredCheck): string {
  if (token !== undefined) return token === 'missing' ? 'A request without a token' : 'A request with a bad token';
  if (absent !== undefined) return `A request without ${absent}`;
  if (malformed !== undefined) return `A request with a wrong format of ${malformed}`;
  if (longer !== undefined) return `A request with a ${longer} of more than ${limit} characters`;
  return `A correct request in the state "${state}"`;
}
