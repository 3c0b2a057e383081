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

/**
 * The requests of two kinds in an order for `indistinguishable`: one sample of each kind in turn, then all once more, now with
 * the other kind first. A clock, a counter or a server that answers in turn must not look like a difference of the kinds.
 */
export function inTurn<Sent>(samples: number, make: (kind: 0 | 1, sample: number) => Sent): readonly Sent[] {
  const each = Array.from({ length: samples }, (_, at) => at);
  return [
    ...each.flatMap((sample) => [make(0, sample), make(1, sample)]),
    ...each.flatMap((sample) => [make(1, sample), make(0, sample)]),
  ];
}

/** These do not vary by chance: if only some answers of one kind differ here, an attacker can distinguish the kinds. */
const outcomes = ['HTTP status', 'code'];

/**
 * Checks that the answers to two kinds of request, sent `inTurn`, are not distinguishable: all that a caller can see in an
 * answer except its time, as the set of values that a kind has. What changes by chance (a time, a request id) is ignored:
 * the second answer to the same sample shows it.
 */
export function indistinguishable(one: string, other: string): (answers: readonly Answer[]) => Together | undefined {
  return (answers) => {
    const half = answers.length / 2;
    const given = answers.map((answer, at) => ({
      kind: at < half ? at % 2 : 1 - (at % 2),
      sample: Math.floor((at % half) / 2),
      traits: readTraits(answer),
    }));
    for (const name of new Set(given.flatMap(({ traits }) => [...traits.keys()]))) {
      for (const view of [(text: string) => text, withoutVolatile]) {
        const seen = given.map(({ traits, ...sent }) => ({ ...sent, text: view(traits.get(name) ?? 'nothing') }));
        if (!outcomes.includes(name) && !isRepeated(seen)) continue;
        const [left = '', right = ''] = [0, 1].map((kind) => listTexts(seen.filter((sent) => sent.kind === kind)));
        if (left === right) break;
        const cause = `${one} and ${other} are distinguishable by the ${name}`;
        const reason = `${cause}: ${one} gets ${left}, ${other} gets ${right}`;
        return { cause, reason, expected: 'the same answer to both' };
      }
    }
    return undefined;
  };
}

type Seen = { readonly kind: number; readonly sample: number; readonly text: string };

/** Whether both answers to each sample are equal, so that a difference is not chance. */
function isRepeated(seen: readonly Seen[]): boolean {
  const first = new Map<string, string>();
  return seen.every(({ kind, sample, text }) => {
    const key = `${kind} ${sample}`;
    const before = first.get(key) ?? text;
    first.set(key, before);
    return before === text;
  });
}

function listTexts(seen: readonly Seen[]): string {
  return [...new Set(seen.map(({ text }) => text))].sort().join(' or ');
}

/** What a caller can see in one answer, by name. */
function readTraits({ httpStatus, code, body, headerNames }: Answer): ReadonlyMap<string, string> {
  return new Map([
    ['HTTP status', String(httpStatus)],
    ['code', String(code)],
    ['shape of the body', describeShape(body)],
    ...listMembers(body, ''),
    ['set of headers', headerNames.join(' ')],
  ]);
}

/** The single values in a body by their place: `msg`, `data.reason`. */
function listMembers(value: unknown, place: string): readonly (readonly [place: string, text: string])[] {
  if (typeof value !== 'object' || value === null) return [[place || 'body', JSON.stringify(value) ?? '']];
  return Object.entries(value).flatMap(([name, member]) => listMembers(member, place ? `${place}.${name}` : name));
}

/** Names and types of a value at every depth, in a fixed order. Nothing is left out, unlike in the lines of a baseline. */
function describeShape(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(describeShape).join()}]`;
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  const fields = Object.entries(value).map(([name, content]) => `${name}:${describeShape(content)}`);
  return `{${fields.sort().join()}}`;
}

/** Replaces numbers, hex and identifiers by one character, so that only the wording is compared. */
function withoutVolatile(text: string): string {
  return text.replace(/[0-9a-f]{8,}(?:-[0-9a-f]{4,}){0,4}|\d+/gi, '#');
}
