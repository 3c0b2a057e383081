import type { Dialect } from '../../spec/pure-bt/dialect.ts';
import { isDeclared, matchesPattern } from '../../spec/pure-bt/dialect.ts';
import type { Fixture, StateName } from '../../spec/pure-bt/states.ts';
import { optionalFixtureFields, requiredFixtureFields, states } from '../../spec/pure-bt/states.ts';
import { inert } from '../inert.ts';

/** A fixture that can be used, or what is wrong with it; the problem never holds a value. */
export type FixtureReading = { readonly fixture: Fixture } | { readonly problem: string };

type FieldName = (typeof requiredFixtureFields)[number] | (typeof optionalFixtureFields)[number];

const rules: { readonly [Field in FieldName]?: readonly [pattern: RegExp, says: string] } = {
  ps: [/^[\x20-\x7e]{16}$/, '16 printable ASCII characters'],
};

/** Fields whose format a dialect may declare. */
const declarable = { dk: 'dkPattern', bindingCode: 'bindingCodePattern' } as const;

/**
 * How a fixture contradicts the formats that the user has declared; undefined where it does not. Undeclared patterns are
 * readings, and the server's own device is the better source.
 */
export function contradictionOf(fixture: Pick<Fixture, 'dk' | 'bindingCode'>, dialect: Dialect): string | undefined {
  for (const [field, key] of Object.entries(declarable) as [
    'dk' | 'bindingCode',
    'dkPattern' | 'bindingCodePattern',
  ][]) {
    if (!isDeclared(key, dialect) || matchesPattern(fixture[field], key, dialect)) continue;
    // A bindingCode is a secret.
    const value = field === 'dk' ? ` "${inert(fixture.dk, 60)}"` : '';
    return `has a ${field}${value} that the declared ${key} ${dialect[key]} refuses; correct one of them`;
  }
  return undefined;
}

/** Reads what a states handler (or a configuration) gives for a state. */
export function readFixture(state: StateName, value: unknown): FixtureReading {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { problem: `the fixture is ${describe(value)}, not a JSON object` };
  }
  const given = new Map<string, unknown>(Object.entries(value));
  const needed: readonly FieldName[] = [...requiredFixtureFields, ...states[state]];
  const problem = [...requiredFixtureFields, ...optionalFixtureFields]
    .map((field) => fieldProblem(field, given.get(field), needed.includes(field)))
    .find((found) => found !== undefined);
  if (problem !== undefined) return { problem };
  const text = (field: FieldName): string => String(given.get(field));
  const optional = optionalFixtureFields.flatMap((field) =>
    given.get(field) === undefined || given.get(field) === null ? [] : [[field, text(field)] as const],
  );
  const fixture = Object.fromEntries([...requiredFixtureFields.map((field) => [field, text(field)]), ...optional]);
  for (const field of ['token', 'otherToken'] as const) {
    if (fixture[field] === undefined) continue;
    fixture[field] = withoutScheme(fixture[field]);
    // Anything else cannot stand in a header: it would fail in the client, not on the server.
    if (!/^[\x21-\x7e]+$/.test(fixture[field]))
      return { problem: `"${field}" is no token of printable ASCII characters` };
  }
  return { fixture: fixture as unknown as Fixture };
}

function fieldProblem(field: FieldName, content: unknown, needed: boolean): string | undefined {
  if (content === undefined || content === null) return needed ? `the fixture lacks "${field}"` : undefined;
  if (typeof content !== 'string') return `"${field}" is ${describe(content)}, not a string`;
  if (content.trim() === '') return `"${field}" is empty`;
  const rule = rules[field];
  if (rule === undefined || rule[0].test(content)) return undefined;
  return `"${field}" has ${content.length} characters and is not ${rule[1]}`;
}

/** A token without its `Bearer `, so that exactly one is sent. */
function withoutScheme(token: string): string {
  return token.trim().replace(/^bearer\s+/i, '');
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
