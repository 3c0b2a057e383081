import fc from 'fast-check';
import type { Direction, Fact, Operation, Place, Spec, Subject } from '../model.ts';

/** A document with the parts that an edit can pick; all names, meanings and descriptions are different. */
export type Sample = { readonly operation: Operation; readonly spec: Spec };

const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{3,8}$/), { minLength: 6, maxLength: 12 });
const codes = fc.uniqueArray(fc.integer({ min: 1000, max: 9999 }), { minLength: 3, maxLength: 8 });

/** Arbitrary documents with one operation. */
export const samples: fc.Arbitrary<Sample> = fc
  .record({
    names,
    codes,
    types: fc.infiniteStream(fc.constantFrom('string', 'integer', 'boolean')),
    marks: fc.infiniteStream(fc.boolean()),
  })
  .map((parts) =>
    makeSample(parts.names, parts.codes, (of) => (of === 'type' ? next(parts.types) : next(parts.marks))),
  );

function next<Value>(stream: fc.Stream<Value> | IterableIterator<Value>): Value {
  const { value, done } = stream[Symbol.iterator]().next();
  if (done === true) throw new Error('an infinite stream has ended');
  return value;
}

function makeSample(
  fields: readonly string[],
  listed: readonly number[],
  pick: (of: 'type' | 'mark') => string | boolean,
): Sample {
  let line = 10;
  const at = (): Place => ({ line: line++ });
  const field = (name: string, index: number): Subject => {
    const direction: Direction = index % 3 === 2 ? 'response' : 'request';
    const facts: readonly Fact[] = [
      { facet: 'type', value: [String(pick('type'))], at: at() },
      { facet: 'required', value: pick('mark') === true ? 'required' : 'optional', at: at() },
      { facet: 'maxLength', value: 10 + index, at: at() },
      { facet: 'pattern', value: `^${name}{1,9}$`, at: at() },
      { facet: 'values', value: [`${name}1`, `${name}2`], at: at() },
      { facet: 'default', value: name, at: at() },
      {
        facet: 'description',
        value: `About ${name}<br/>Algorithm: SHA256(${name}+secret)<br/>1-${name}on, 2-${name}off`,
        at: at(),
      },
    ];
    return { kind: 'field', name, place: direction === 'request' ? 'body' : 'body of 200', direction, at: at(), facts };
  };
  const code = (number: number): Subject => ({
    kind: 'code',
    name: String(number),
    direction: 'none',
    at: at(),
    facts: [{ facet: 'meaning', value: `meaning of ${'abcdefghij'[number % 10]}${number}`, at: at() }],
  });
  const own: readonly Fact[] = [
    { facet: 'path', value: '/v2/lamps', at: at() },
    { facet: 'method', value: 'POST', at: at() },
  ];
  return wrapped([
    { kind: 'operation', name: '', direction: 'request', at: at(), facts: own },
    { kind: 'media', name: 'application/json', direction: 'request', at: at(), facts: [] },
    ...fields.map(field),
    ...listed.map(code),
  ]);
}

/** Makes a document with one operation from subjects. */
export function wrapped(subjects: readonly Subject[]): Sample {
  const said = (facet: Fact['facet']): string =>
    String(subjects.flatMap(({ facts }) => facts).find((fact) => fact.facet === facet)?.value ?? '');
  const operation: Operation = {
    method: said('method'),
    path: said('path'),
    at: { line: 1 },
    codesAt: { line: 9 },
    subjects,
  };
  return { operation, spec: { file: 'sample.yaml', kind: 'openapi', operations: [operation] } };
}
