import { type Dialect, isDeclared, matchesPattern, settingValue } from '../../spec/dialect.ts';
import { isRecord } from '../../spec/is-record.ts';
import { type Fixture, type FixtureMember, identifyDevice, type Operation } from '../../spec/operation.ts';
import { inert } from '../inert.ts';

/**
 * How a fixture contradicts the declared formats; undefined if it does not. Undeclared patterns are only readings, and the
 * server knows its own devices better.
 */
export function findContradiction(fixture: Fixture, dialect: Dialect): string | undefined {
  for (const [name, { declaredBy: key, secret }] of Object.entries(dialect.operation.fixture)) {
    const value = fixture[name];
    if (key === undefined || value === undefined || !isDeclared(key, dialect)) continue;
    if (matchesPattern(value, key, dialect)) continue;
    const shown = secret === true ? '' : ` "${inert(value, 60)}"`;
    return `has a ${name}${shown} that does not match the declared ${key} ${settingValue(key, dialect)}; correct one of them`;
  }
  return undefined;
}

/** Reads the fixture from a states handler or a configuration. The problem never contains a value. */
export function readFixture(
  state: string,
  value: unknown,
  operation: Operation,
): { readonly fixture: Fixture } | { readonly problem: string } {
  if (!isRecord(value)) {
    return { problem: `the fixture is ${describe(value)}, not a JSON object` };
  }
  const given = new Map<string, unknown>(Object.entries(value));
  const needed = operation.states[state] ?? [];
  const fixture: Record<string, string> = {};
  for (const [name, member] of Object.entries(operation.fixture)) {
    const content = given.get(name);
    const problem = memberProblem(name, content, member.optional !== true || needed.includes(name), member);
    if (problem !== undefined) return { problem };
    if (content === undefined || content === null) continue;
    fixture[name] = member.token === true ? withoutScheme(String(content)) : String(content);
    // A header cannot contain other characters: the client would fail, not the server.
    if (member.token === true && !/^[\x21-\x7e]+$/.test(fixture[name]))
      return { problem: `"${name}" is not a token of printable ASCII characters` };
  }
  return { fixture };
}

function memberProblem(name: string, content: unknown, needed: boolean, { format }: FixtureMember): string | undefined {
  if (content === undefined || content === null) return needed ? `the fixture has no "${name}"` : undefined;
  if (typeof content !== 'string') return `"${name}" is ${describe(content)}, not a string`;
  if (content.trim() === '') return `"${name}" is empty`;
  if (format === undefined || format.pattern.test(content)) return undefined;
  return `"${name}" has ${content.length} characters and is not ${format.says}`;
}

/** A token without `Bearer `, so that it is sent exactly once. */
function withoutScheme(token: string): string {
  return token.trim().replace(/^bearer\s+/i, '');
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** A list of lists of maps is deep enough for every file with fixtures. */
const deepest = 4;

/** The fixtures in a value: a fixture itself, or a list or a map of them, as in `fixtures` of a configuration. */
export function findFixtures(
  value: unknown,
  operation: Pick<Operation, 'fixture'>,
  depth: number = deepest,
): readonly Readonly<Record<string, unknown>>[] {
  if (depth === 0) return [];
  if (Array.isArray(value)) return value.flatMap((item) => findFixtures(item, operation, depth - 1));
  if (!isRecord(value)) return [];
  if (Object.keys(operation.fixture).some((name) => Object.hasOwn(value, name))) return [value];
  return Object.values(value).flatMap((item) => findFixtures(item, operation, depth - 1));
}

/** The fixture with most of a request's device. A fixture without a device fits every request. */
export function chooseFixture<Value extends Readonly<Record<string, unknown>>>(
  fixtures: readonly Value[],
  body: Readonly<Record<string, unknown>>,
  operation: Pick<Operation, 'fixture'>,
): Value | undefined {
  const device = (fixture: Value): ReturnType<typeof identifyDevice> =>
    identifyDevice(fixture as Fixture, operation).filter(([, value]) => value !== '');
  return fixtures
    .filter((fixture) => device(fixture).every(([name, value]) => value === body[name]))
    .sort((one, other) => device(other).length - device(one).length)[0];
}
