import type { Answer, Together } from '../run/case.ts';

/** Judges several answers as a set. */

/** Checks that exactly one of several requests sent at once bound the device. */
export function exactlyOneBound(answers: readonly Answer[]): Together | undefined {
  const bound = answers.filter((answer) => answer.bound).length;
  if (bound === 1) return undefined;
  const expected = 'exactly one success';
  if (bound === 0) {
    const reason = `none of ${answers.length} concurrent requests bound the device; expected exactly one`;
    return { cause: 'none of several concurrent requests bound', reason, expected };
  }
  const reason = `${bound} of ${answers.length} concurrent requests bound the device; expected exactly one`;
  return { cause: 'several concurrent requests bound one device', reason, expected };
}

/** Checks that at least one of several requests bound the device. */
export function atLeastOneBound(answers: readonly Answer[]): Together | undefined {
  if (answers.some(({ bound }) => bound)) return undefined;
  const reason = `none of ${answers.length} concurrent requests bound the device; expected at least one`;
  return { cause: 'none of several concurrent requests bound', reason, expected: 'at least one success' };
}

type Trait = readonly [name: string, read: (answer: Answer) => string];

/** Traits that do not vary between runs: if only some answers of one kind differ here, an attacker can distinguish the kinds. */
const outcomes: readonly Trait[] = [
  ['HTTP status', ({ httpStatus }) => String(httpStatus)],
  ['code', ({ code }) => String(code)],
];

/** Everything else that a caller can see in an answer, except its time. */
const traits: readonly Trait[] = [
  ['msg', ({ body }) => JSON.stringify(readField(body, 'msg') ?? null)],
  ['shape of the body', ({ body }) => describeShape(body)],
  ['body', ({ body }) => JSON.stringify(body) ?? ''],
  ['set of headers', ({ headerNames }) => headerNames.join(' ')],
];

/**
 * Checks that the answers to two kinds of request, sent alternately, are not distinguishable. Codes and statuses are compared as
 * sets. Other traits count only if each kind has one value. Values that change with every answer (a time, a request id) are ignored.
 */
export function indistinguishable(one: string, other: string): (answers: readonly Answer[]) => Together | undefined {
  return (answers) => {
    const kinds = [0, 1].map((kind) => answers.filter((_, at) => at % 2 === kind));
    const distinguishedBy = (name: string, left: string, right: string): Together => {
      const cause = `${one} and ${other} are distinguishable by the ${name}`;
      return {
        cause,
        reason: `${cause}: ${one} gets ${left}, ${other} gets ${right}`,
        expected: 'the same answer to both',
      };
    };
    for (const [name, read] of outcomes) {
      const [left = '', right = ''] = kinds.map((group) => [...new Set(group.map(read))].sort().join(' or '));
      if (left !== right) return distinguishedBy(name, left, right);
    }
    for (const [name, read] of traits) {
      for (const view of [read, (answer: Answer) => withoutVolatile(read(answer))]) {
        const [left, right] = kinds.map((group) => new Set(group.map(view)));
        if (left?.size !== 1 || right?.size !== 1) continue;
        const [[first = ''], [second = '']] = [[...left], [...right]];
        if (first === second) break;
        return distinguishedBy(name, first, second);
      }
    }
    return undefined;
  };
}

/** Replaces numbers, hex and identifiers by one character, so that only the wording is compared. */
function withoutVolatile(text: string): string {
  return text.replace(/[0-9a-f]{8,}(?:-[0-9a-f]{4,}){0,4}|\d+/gi, '#');
}

function readField(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
}

/** Names and types of a value at every depth, in a fixed order. */
export function describeShape(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(describeShape).join()}]`;
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  const fields = Object.entries(value).map(([name, content]) => `${name}:${describeShape(content)}`);
  return `{${fields.sort().join()}}`;
}
