import type { Rule } from '../../rule.ts';
import shared from '../rules.json' with { type: 'json' };
import type { Declared, DeclaredCheck } from './model.ts';
import { checkKey } from './model.ts';

/** What a case of any operation that is data may claim, in addition to the claims of the family. */
const own = {
  success: {
    topic: 'answers',
    claim: 'A correct request succeeds.',
    source: 'status table, first row',
    marks: ['D'],
    basis: 'document',
  },
  envelope: {
    topic: 'answers',
    claim: 'Every answer is a JSON object with an integer code, and its fields have the types of the page.',
    source: 'table of the response',
    marks: ['D'],
    basis: 'document',
  },
  'required-fields': {
    topic: 'fields',
    claim: 'A request without a required field is refused.',
    source: 'table of the request: required',
    marks: ['D'],
    basis: 'document',
  },
  'optional-fields': {
    topic: 'fields',
    claim: 'Optional fields may be left out, or have any value that the page lists.',
    source: 'table of the request: optional fields and listed values',
    marks: ['D'],
    basis: 'document',
  },
  'null-fields': {
    topic: 'fields',
    claim: 'A null or empty optional field counts as absent.',
    source: 'no source says it',
    marks: ['N'],
    basis: 'inferred',
  },
  'guessed-request': {
    topic: 'fields',
    claim: 'A request with a value or a state that the owner has not confirmed succeeds.',
    source: 'guessed from the page; marked with guess in operation.yaml',
    marks: ['I'],
    basis: 'inferred',
    dialect: 'guesses',
  },
  'dk-malformed': {
    topic: 'fields',
    claim:
      'A dk with control characters, line breaks, letters of other scripts, only spaces, or 1,000 characters is wrong in every format. It is refused.',
    source: 'status table: the code for a wrong format of the dk',
    marks: ['D'],
    basis: 'document',
  },
  'dk-format': {
    topic: 'fields',
    claim: 'A dk has 4 to 32 letters and digits; any other dk is refused.',
    source: 'sibling pages',
    marks: ['S'],
    basis: 'inferred',
    isFormat: true,
    dialect: 'dkPattern',
  },
  'code-format': {
    topic: 'fields',
    claim: 'A bindingCode has 16 characters 0-9A-F; any other bindingCode is refused.',
    source: 'sibling pages',
    marks: ['S'],
    basis: 'inferred',
    isFormat: true,
    dialect: 'bindingCodePattern',
  },
  'name-limited': {
    topic: 'fields',
    claim: 'A field with a maximum length refuses a text of 100,000 characters.',
    source: 'status table: the code for a text that is too long',
    marks: ['D'],
    basis: 'document',
  },
  'name-limit': {
    topic: 'fields',
    claim: 'A deviceName has at most 254 characters; a longer name is refused.',
    source: 'sibling code 5069 names 254',
    marks: ['S'],
    basis: 'inferred',
    isFormat: true,
    dialect: 'deviceNameLimit',
  },
  identity: {
    topic: 'fields',
    claim: 'pk and dk together identify one device.',
    source: 'table of the request: pk, dk',
    marks: ['D'],
    basis: 'document',
  },
  'pk-unknown': {
    topic: 'fields',
    claim: 'A request for a product that does not exist is refused.',
    source: 'status table: the codes about products',
    marks: ['D'],
    basis: 'document',
  },
  'home-foreign': {
    topic: 'homes',
    claim: "A request with the fid of another user's home is refused.",
    source: 'the purpose of homes: the fid of another home is not the proof that the user belongs to it',
    marks: ['P'],
    basis: 'security',
  },
  once: {
    topic: 'security',
    claim: 'If several equal requests are sent at once, exactly one succeeds.',
    source: 'the code for a repeated request, also at the same time',
    marks: ['P'],
    basis: 'security',
  },
  'race-loser': {
    topic: 'security',
    claim: 'If several equal requests are sent at once, those that do not succeed get the code for a repeated request.',
    source: 'no source says it for requests at the same time',
    marks: ['I'],
    basis: 'inferred',
  },
  'no-trace': {
    topic: 'security',
    claim: 'A refused request has no effect: a correct request right after it succeeds.',
    source: 'the purpose of a refusal',
    marks: ['P'],
    basis: 'security',
  },
} as const satisfies Readonly<Record<string, Rule>>;

/** Every claim that a case of this operation may test: those of the family, and one for each of its checks. */
export function declaredRules(declared: Declared): Readonly<Record<string, Rule>> {
  const checks = declared.declaration.checks.map((check) => [ruleOf(check, declared), checkRule(check, declared)]);
  return { ...(shared as unknown as Record<string, Rule>), ...own, ...Object.fromEntries(checks) };
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

function checkRule(check: DeclaredCheck, declared: Declared): Rule {
  const { code, guess = false } = check;
  const shared_ = ruleOf(check, declared);
  if (shared_.startsWith('token-')) return (shared as unknown as Record<string, Rule>)[shared_] as Rule;
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
