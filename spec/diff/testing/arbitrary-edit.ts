import fc from 'fast-check';
import type { Fact, FactValue, Subject } from '../model.ts';
import { type Sample, wrapped } from './arbitrary-spec.ts';

/** One edit of a document: what it does, the name that its change must have, and the edited document. */
export type Edit = { readonly does: string; readonly names: string; readonly after: Sample };

type Make = (
  subjects: readonly Subject[],
  pick: number,
) => Omit<Edit, 'after'> & { readonly subjects: readonly Subject[] };

const makes: readonly Make[] = [
  (subjects, pick) => {
    const gone = one(subjects, 'field', pick);
    return { does: 'removes a field', names: gone.name, subjects: subjects.filter((subject) => subject !== gone) };
  },
  (subjects, pick) => {
    const like = one(subjects, 'field', pick);
    const facts = like.facts.map((fact) => (fact.facet === 'description' ? { ...fact, value: 'Brand new' } : fact));
    return {
      does: 'adds a field',
      names: 'brandnew',
      subjects: [...subjects, { ...like, name: 'brandnew', at: { line: 900 }, facts }],
    };
  },
  (subjects, pick) => {
    const old = one(subjects, 'field', pick);
    return {
      does: 'renames a field',
      names: 'brandnew',
      subjects: replace(subjects, old, { ...old, name: 'brandnew' }),
    };
  },
  (subjects, pick) => {
    const gone = one(subjects, 'code', pick);
    return { does: 'removes a code', names: gone.name, subjects: subjects.filter((subject) => subject !== gone) };
  },
  (subjects, pick) => {
    const like = one(subjects, 'code', pick);
    const facts: readonly Fact[] = [{ facet: 'meaning', value: 'Brand new', at: { line: 901 } }];
    return {
      does: 'adds a code',
      names: '99999',
      subjects: [...subjects, { ...like, name: '99999', at: { line: 900 }, facts }],
    };
  },
  (subjects, pick) => {
    const old = one(subjects, 'code', pick);
    return { does: 'renumbers a code', names: old.name, subjects: replace(subjects, old, { ...old, name: '99999' }) };
  },
  (subjects, pick) => {
    const [first, second] = [one(subjects, 'code', pick), one(subjects, 'code', pick + 1)];
    const swapped = replace(replace(subjects, first, { ...first, facts: second.facts }), second, {
      ...second,
      facts: first.facts,
    });
    return { does: 'swaps two codes', names: first.name, subjects: swapped };
  },
  (subjects, pick) => said(subjects, one(subjects, 'code', pick), 'meaning', () => 'Brand new'),
  (subjects, pick) => said(subjects, one(subjects, 'field', pick), 'type', () => ['number']),
  (subjects, pick) =>
    said(subjects, one(subjects, 'field', pick), 'required', (mark) => (mark === 'required' ? 'optional' : 'required')),
  (subjects, pick) =>
    said(subjects, one(subjects, 'field', pick), 'maxLength', (length) => Number(length) + (pick % 2 === 0 ? 1 : -1)),
  (subjects, pick) => said(subjects, one(subjects, 'field', pick), 'pattern', (pattern) => `${pattern}x`),
  (subjects, pick) =>
    said(subjects, one(subjects, 'field', pick), 'pattern', (pattern) => String(pattern).replace('9', '8')),
  (subjects, pick) =>
    said(subjects, one(subjects, 'field', pick), 'values', (values) => [...(values as string[]), 'zzz']),
  (subjects, pick) => said(subjects, one(subjects, 'field', pick), 'default', () => 'Brand new'),
  (subjects, pick) =>
    said(subjects, one(subjects, 'field', pick), 'description', (text) =>
      String(text).replace('+secret', '+salt+secret'),
    ),
  (subjects, pick) =>
    said(subjects, one(subjects, 'field', pick), 'description', (text) => String(text).replace('on, 2-', 'ish, 2-')),
  (subjects, pick) =>
    said(subjects, one(subjects, 'field', pick), 'description', (text) => String(text).replace('About', 'Describes')),
  (subjects, pick) =>
    said(subjects, one(subjects, 'field', pick), 'description', (text) =>
      String(text).replace('Algorithm:', 'Twice, algorithm:'),
    ),
  (subjects) => said(subjects, one(subjects, 'operation', 0), 'path', () => '/v3/lamps'),
  (subjects) => said(subjects, one(subjects, 'operation', 0), 'method', () => 'PUT'),
  (subjects) => {
    const old = one(subjects, 'media', 0);
    return {
      does: 'changes the content type',
      names: old.name,
      subjects: replace(subjects, old, { ...old, name: 'text/xml' }),
    };
  },
];

/** A document and one edit of it. */
export function edits(samples: fc.Arbitrary<Sample>): fc.Arbitrary<readonly [Sample, Edit]> {
  return fc.tuple(samples, fc.nat(makes.length - 1), fc.nat(100)).map(([sample, kind, pick]) => {
    const made = makes[kind]?.(sample.operation.subjects, pick);
    if (made === undefined) throw new Error('unknown edit');
    return [sample, { ...made, after: wrapped(made.subjects) }];
  });
}

function one(subjects: readonly Subject[], kind: Subject['kind'], pick: number): Subject {
  const all = subjects.filter((subject) => subject.kind === kind);
  const found = all[pick % all.length];
  if (found === undefined) throw new Error(`the sample has no ${kind}`);
  return found;
}

function said(
  subjects: readonly Subject[],
  subject: Subject,
  facet: Fact['facet'],
  by: (value: FactValue) => FactValue,
): ReturnType<Make> {
  const facts = subject.facts.map((fact) => (fact.facet === facet ? { ...fact, value: by(fact.value) } : fact));
  const names = subject.kind === 'operation' ? '/v2/lamps' : subject.name;
  return { does: `changes a ${facet}`, names, subjects: replace(subjects, subject, { ...subject, facts }) };
}

function replace(subjects: readonly Subject[], old: Subject, by: Subject): readonly Subject[] {
  return subjects.map((subject) => (subject === old ? by : subject));
}
