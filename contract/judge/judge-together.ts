import type { Answer, Together } from '../run/case.ts';

/** Judging several answers as a set. */

/** Of requests sent at once, exactly one bound the device. */
export function exactlyOneBound(answers: readonly Answer[]): Together | undefined {
  const bound = answers.filter((answer) => answer.bound).length;
  if (bound === 1) return undefined;
  const expected = 'exactly one success';
  if (bound === 0) {
    const reason = `none of ${answers.length} requests at once bound the device; exactly one must`;
    return { cause: 'none of several requests at once bound', reason, expected };
  }
  const reason = `${bound} of ${answers.length} requests at once bound the device; exactly one may`;
  return { cause: 'several requests at once bound one device', reason, expected };
}

/** At least one of several bound the device. */
export function atLeastOneBound(answers: readonly Answer[]): Together | undefined {
  if (answers.some(({ bound }) => bound)) return undefined;
  const reason = `none of ${answers.length} requests at once bound the device; at least one must`;
  return { cause: 'none of several requests at once bound', reason, expected: 'at least one success' };
}

type Trait = readonly [name: string, of: (answer: Answer) => string];

/** What no answer has by chance: where only some of one kind differ here, those give the kind away. */
const outcomes: readonly Trait[] = [
  ['HTTP status', ({ httpStatus }) => String(httpStatus)],
  ['code', ({ code }) => String(code)],
];

/** What of an answer a caller can see, beside its time. */
const traits: readonly Trait[] = [
  ['msg', ({ body }) => JSON.stringify(readField(body, 'msg') ?? null)],
  ['shape of the body', ({ body }) => describeShape(body)],
  ['body', ({ body }) => JSON.stringify(body) ?? ''],
  ['set of headers', ({ headerNames }) => headerNames.join(' ')],
];

/**
 * The answers to two kinds of request, which were sent in turn, cannot be told apart. Codes and statuses are compared as sets; any
 * other trait counts where each kind has one value for it, and what changes from answer to answer (a time, a request id) is set aside.
 */
export function indistinguishable(one: string, other: string): (answers: readonly Answer[]) => Together | undefined {
  return (answers) => {
    const kinds = [0, 1].map((kind) => answers.filter((_, at) => at % 2 === kind));
    const distinguishedBy = (name: string, left: string, right: string): Together => {
      const cause = `${one} and ${other} can be told apart by the ${name}`;
      return { cause, reason: `${cause}: ${left} against ${right}`, expected: 'the same answer to both' };
    };
    for (const [name, of] of outcomes) {
      const [left = '', right = ''] = kinds.map((group) => [...new Set(group.map(of))].sort().join(' or '));
      if (left !== right) return distinguishedBy(name, left, right);
    }
    for (const [name, of] of traits) {
      for (const read of [of, (answer: Answer) => withoutVolatile(of(answer))]) {
        const [left, right] = kinds.map((group) => new Set(group.map(read)));
        if (left?.size !== 1 || right?.size !== 1) continue;
        const [[first = ''], [second = '']] = [[...left], [...right]];
        if (first === second) break;
        return distinguishedBy(name, first, second);
      }
    }
    return undefined;
  };
}

/** Numbers, hex and identifiers become one sign: what is left is the wording. */
function withoutVolatile(text: string): string {
  return text.replace(/[0-9a-f]{8,}(?:-[0-9a-f]{4,}){0,4}|\d+/gi, '#');
}

function readField(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
}

/** Names and types, at every depth, whatever the order. */
export function describeShape(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(describeShape).join()}]`;
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  const fields = Object.entries(value).map(([name, content]) => `${name}:${describeShape(content)}`);
  return `{${fields.sort().join()}}`;
}
