import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readOpenApi } from '../pure-bt/contract-file.ts';
import { alignForms } from './align-forms.ts';
import type { Change } from './change.ts';
import { compareSpecs } from './compare-specs.ts';
import { readSpec } from './read-spec.ts';
import { edits, samples, subjectsOf, wrapped } from './testing/arbitrary-spec.ts';
import { lampPage } from './testing/change-lines.ts';

const named = ({ subject, what }: Change): string => `${subject} ${what}`;

test('finds no difference between a document and itself in any order', () => {
  fc.assert(
    fc.property(samples, fc.infiniteStream(fc.nat(1000)), (spec, order) => {
      expect(compareSpecs(spec, spec).changes).toEqual([]);
      const keyed = subjectsOf(spec).map((subject) => ({ subject, key: Number(order.next().value) }));
      const shuffled = keyed
        .sort((a, b) => a.key - b.key)
        .map(({ subject }) => ({ ...subject, facts: subject.facts.toReversed() }));
      expect(compareSpecs(spec, wrapped(shuffled)).changes).toEqual([]);
    }),
  );
});

test('keeps the order of a document if its alternatives have other names', () => {
  fc.assert(
    fc.property(samples, (spec) => {
      const withForm = (form: string) =>
        subjectsOf(spec).map((subject) => (subject.kind === 'field' ? { ...subject, form } : subject));
      expect(alignForms(withForm('old'), withForm('new'))).toEqual([withForm('old'), withForm('old')]);
    }),
  );
});

test('reports one edit as one change with its name', () => {
  fc.assert(
    fc.property(edits, ([sample, edit]) => {
      const changes = compareSpecs(sample, edit.after).changes.map(named);
      expect(changes, edit.does).toHaveLength(1);
      expect(changes[0], edit.does).toContain(edit.names);
    }),
    { numRuns: 500 },
  );
});

test('reports the reverse edit with before and after swapped', () => {
  fc.assert(
    fc.property(edits, ([sample, edit]) => {
      const [there] = compareSpecs(sample, edit.after).changes;
      const [back, ...more] = compareSpecs(edit.after, sample).changes;
      expect(more).toEqual([]);
      expect(back?.at).toEqual({ before: there?.at.after, after: there?.at.before });
      if (/added|removed/.test(`${there?.rule}`))
        expect([back?.before, back?.after]).toEqual([there?.after, there?.before]);
    }),
    { numRuns: 300 },
  );
});

test('detects every edit of a single value of the contract', () => {
  const contract: unknown = parse(readOpenApi(), withThreeCodes);
  const before = readSpec('before.json', JSON.stringify(contract));
  const detected = leaves(contract, []).map((path) => {
    const after = readSpec('after.json', JSON.stringify(contract, changedAt(path)));
    return [path.join('/'), compareSpecs(before, after).changes.length] as const;
  });
  expect(detected.length).toBeGreaterThan(200);
  expect(detected.filter(([, changes]) => changes === 0)).toEqual([]);
}, 60_000);

/** Keeps only three codes; the others and their examples are read in the same way. */
function withThreeCodes(key: unknown, value: unknown): unknown {
  if (key === 'x-codes' && Array.isArray(value)) return value.slice(0, 3);
  const isExamples = key === 'examples' && typeof value === 'object' && value !== null && 'E200' in value;
  return isExamples ? Object.fromEntries(Object.entries(value).slice(0, 3)) : value;
}

const rows = lampPage.split('\n');
/** The lines of the rows of the page's tables, without the headers. */
const lines = rows.flatMap((row, index) => {
  const isHead = rows[index + 1]?.startsWith('| --') === true;
  return row.startsWith('| ') && !row.startsWith('| --') && !isHead ? [index + 1] : [];
});
/** Every row with one cell changed. */
const changedCells = lines.flatMap((line) => {
  const cells = (rows[line - 1] ?? '').split('|');
  return cells.flatMap((cell, column) =>
    cell.trim() === '' ? [] : [{ line, row: cells.with(column, otherCell(cell)).join('|') }],
  );
});

function changesTo(changed: readonly string[]): readonly Change[] {
  return compareSpecs(readSpec('page.md', lampPage), readSpec('page.md', changed.join('\n'))).changes;
}

test('detects every edit of a single cell of a page', () => {
  expect(changedCells.length).toBeGreaterThan(50);
  expect(changedCells.filter(({ line, row }) => changesTo(rows.with(line - 1, row)).length === 0)).toEqual([]);
});

describe('locates each edit of a row of a page in the row', () => {
  // Another row above the edit moves the two documents against each other.
  const filler = '| &emsp;&emsp;filler | Filler | | false | string | |';
  const shifted = (changed: readonly string[]): readonly string[] => changed.toSpliced(lines[0] ?? 0, 0, filler);
  const isOfRow = ({ subject }: Change): boolean => !subject.includes('filler');

  test('a removed row: its line in the old page', () => {
    for (const line of lines) {
      const places = changesTo(rows.toSpliced(line - 1, 1)).map(({ at }) => at.before.line);
      expect(places, rows[line - 1]).toContain(line);
    }
  });

  test('an added row: its line in the new page', () => {
    for (const line of lines) {
      const row = (rows[line - 1] ?? '').replace(
        /^(\| (?:&emsp;)*)(\w+) \| [^|]*/,
        (_, indent: string, name: string) => `${indent}${/^\d+$/.test(name) ? '7999' : 'zzz'} | Brand new `,
      );
      const places = changesTo(rows.toSpliced(line, 0, row)).map(({ at }) => at.after.line);
      expect(places, row).toContain(line + 1);
    }
  });

  test('a changed cell: its line in both pages', () => {
    for (const { line, row } of changedCells) {
      const places = changesTo(shifted(rows.with(line - 1, row)))
        .filter(isOfRow)
        .map(({ at }) => [at.before.line, at.after.line]);
      const now = line === lines[0] ? line : line + 1;
      expect(places.some(([before]) => before === line) && places.some(([, after]) => after === now), row).toBe(true);
    }
  });

  test('a code without a twin: the row above it in the other page', () => {
    const line = rows.findIndex((row) => row.startsWith('| 7003 ')) + 1;
    const [removed] = changesTo(rows.toSpliced(line - 1, 1));
    expect(removed).toMatchObject({ rule: 'code-removed', at: { before: { line }, after: { line: line - 1 } } });
    const [added] = changesTo(rows.toSpliced(line, 0, '| 7999 | Brand new | |'));
    expect(added).toMatchObject({ rule: 'code-added', at: { before: { line }, after: { line: line + 1 } } });
  });
});

function otherCell(cell: string): string {
  const text = cell.trim();
  if (text === 'true' || text === 'false') return text === 'true' ? ' false ' : ' true ';
  return /^\d+$/.test(text) ? ` ${text}1 ` : `${cell.trimEnd()} zzz `;
}

type Path = readonly string[];

/** The paths of all single values, without references: a document with a broken reference is invalid. */
function leaves(value: unknown, path: Path): readonly Path[] {
  if (typeof value !== 'object' || value === null) return path.at(-1) === '$ref' ? [] : [path];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

/** A replacer for JSON.stringify that changes one value. */
function changedAt(path: Path): (this: unknown, key: string, value: unknown) => unknown {
  const holders = new Map<unknown, Path>();
  return function change(key, value) {
    const at = [...(holders.get(this) ?? []), ...(key === '' && holders.size === 0 ? [] : [key])];
    if (typeof value === 'object' && value !== null) holders.set(value, at);
    return at.length === path.length && at.every((step, index) => step === path[index]) ? other(value) : value;
  };
}

function other(value: unknown): unknown {
  if (typeof value === 'number') return value + 1000;
  return typeof value === 'boolean' ? !value : `${String(value)} zzz`;
}
