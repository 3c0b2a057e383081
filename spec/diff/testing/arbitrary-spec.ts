import fc from 'fast-check';
import type { Fact, FactValue, Operation, Place, Spec, Subject } from '../model.ts';

const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{3,8}$/), { minLength: 6, maxLength: 12 });
const codes = fc.uniqueArray(fc.integer({ min: 1000, max: 9999 }), { minLength: 3, maxLength: 8 });

/** Arbitrary documents with one operation; all names, meanings and descriptions are different. */
export const samples: fc.Arbitrary<Spec> = fc
  .record({
    names,
    codes,
    types: fc.infiniteStream(fc.constantFrom('string', 'integer', 'boolean')),
    marks: fc.infiniteStream(fc.boolean()),
  })
  .map((parts) => makeSample(parts.names, parts.codes, parts.types, parts.marks));

function next<Value>(stream: fc.Stream<Value>): Value {
  const { value, done } = stream.next();
  if (done === true) throw new Error('an infinite stream has ended');
  return value;
}

function makeSample(
  fields: readonly string[],
  listed: readonly number[],
  types: fc.Stream<string>,
  marks: fc.Stream<boolean>,
): Spec {
  let line = 10;
  const at = (): Place => ({ line: line++ });
  const field = (name: string, index: number): Subject => {
    const direction = index % 3 === 2 ? 'response' : 'request';
    const facts: readonly Fact[] = [
      { facet: 'type', value: [next(types)], at: at() },
      { facet: 'required', value: next(marks) ? 'required' : 'optional', at: at() },
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
export function wrapped(subjects: readonly Subject[]): Spec {
  const said = (facet: Fact['facet']): string =>
    String(subjects.flatMap(({ facts }) => facts).find((fact) => fact.facet === facet)?.value ?? '');
  const operation: Operation = {
    method: said('method'),
    path: said('path'),
    at: { line: 1 },
    codesAt: { line: 9 },
    subjects,
  };
  return { file: 'sample.yaml', kind: 'openapi', operations: [operation] };
}

/** The subjects of a document with one operation. */
export function subjectsOf({ operations }: Spec): readonly Subject[] {
  return operations.flatMap(({ subjects }) => subjects);
}

/** One edit of a document: what it does, the name that its change must have, and the edited document. */
export type Edit = { readonly does: string; readonly names: string; readonly after: Spec };

/** An edit of a subject of a kind; `next` is another subject of the kind. Its change has the name of the subject or `names`. */
type Make = {
  readonly does: string;
  readonly kind: Subject['kind'];
  readonly names?: string;
  readonly edit: (all: readonly Subject[], subject: Subject, next: Subject, pick: number) => readonly Subject[];
};

const makes: readonly Make[] = [
  { does: 'removes a field', kind: 'field', edit: (all, gone) => replace(all, gone) },
  {
    does: 'adds a field',
    kind: 'field',
    names: 'brandnew',
    edit: (all, like) =>
      replace(all, like, like, {
        ...saying(like, 'description', () => 'Brand new'),
        name: 'brandnew',
        at: { line: 900 },
      }),
  },
  {
    does: 'renames a field',
    kind: 'field',
    names: 'brandnew',
    edit: (all, old) => replace(all, old, { ...old, name: 'brandnew' }),
  },
  { does: 'removes a code', kind: 'code', edit: (all, gone) => replace(all, gone) },
  {
    does: 'adds a code',
    kind: 'code',
    names: '99999',
    edit: (all, like) =>
      replace(all, like, like, { ...saying(like, 'meaning', () => 'Brand new'), name: '99999', at: { line: 900 } }),
  },
  { does: 'renumbers a code', kind: 'code', edit: (all, old) => replace(all, old, { ...old, name: '99999' }) },
  {
    does: 'swaps two codes',
    kind: 'code',
    edit: (all, one, other) =>
      replace(replace(all, one, { ...one, facts: other.facts }), other, { ...other, facts: one.facts }),
  },
  {
    does: 'changes the content type',
    kind: 'media',
    edit: (all, old) => replace(all, old, { ...old, name: 'text/xml' }),
  },
  says('code', 'meaning', () => 'Brand new'),
  says('field', 'type', () => ['number']),
  says('field', 'required', (mark) => (mark === 'required' ? 'optional' : 'required')),
  says('field', 'maxLength', (length, pick) => Number(length) + (pick % 2 === 0 ? 1 : -1)),
  says('field', 'pattern', (pattern) => `${pattern}x`),
  says('field', 'pattern', (pattern) => String(pattern).replace('9', '8')),
  says('field', 'values', (values) => [values, 'zzz'].flat().map(String)),
  says('field', 'default', () => 'Brand new'),
  says('field', 'description', (text) => String(text).replace('+secret', '+salt+secret')),
  says('field', 'description', (text) => String(text).replace('on, 2-', 'ish, 2-')),
  says('field', 'description', (text) => String(text).replace('About', 'Describes')),
  says('field', 'description', (text) => String(text).replace('Algorithm:', 'Twice, algorithm:')),
  { ...says('operation', 'path', () => '/v3/lamps'), names: '/v2/lamps' },
  { ...says('operation', 'method', () => 'PUT'), names: '/v2/lamps' },
];

/** A document and one edit of it. */
export const edits: fc.Arbitrary<readonly [Spec, Edit]> = fc
  .tuple(samples, fc.constantFrom(...makes), fc.nat(100))
  .map(([sample, { does, kind, names: wanted, edit }, pick]) => {
    const subjects = subjectsOf(sample);
    const [one, other] = [pick, pick + 1].map((at) => {
      const all = subjects.filter((subject) => subject.kind === kind);
      return all[at % all.length];
    });
    if (one === undefined || other === undefined) throw new Error(`the sample has no ${kind}`);
    return [sample, { does, names: wanted ?? one.name, after: wrapped(edit(subjects, one, other, pick)) }];
  });

/** An edit of one fact. */
function says(kind: Subject['kind'], facet: Fact['facet'], by: (value: FactValue, pick: number) => FactValue): Make {
  const edit: Make['edit'] = (all, subject, _, pick) =>
    replace(
      all,
      subject,
      saying(subject, facet, (value) => by(value, pick)),
    );
  return { does: `changes a ${facet}`, kind, edit };
}

function saying(subject: Subject, facet: Fact['facet'], by: (value: FactValue) => FactValue): Subject {
  const facts = subject.facts.map((fact) => (fact.facet === facet ? { ...fact, value: by(fact.value) } : fact));
  return { ...subject, facts };
}

function replace(subjects: readonly Subject[], old: Subject, ...by: readonly Subject[]): readonly Subject[] {
  return subjects.flatMap((subject) => (subject === old ? by : subject));
}
