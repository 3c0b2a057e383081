/** The suite must keep detecting every mutant: a weaker case shows here which broken server is no longer detected. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { documentedCodes } from '../../../spec/pure-bt/catalogue.ts';
import { findRule } from '../../../spec/pure-bt/rules.ts';
import { mayFail } from '../../../spec/rule.ts';
import { alarmsIn, detect, mutantsFile } from '../../mutants/detect.ts';
import { readingQuestion } from '../../mutants/draw.ts';
import schema from '../../mutants.schema.json' with { type: 'json' };
import { mutantSet } from './set.ts';

const { cases, mutants, variants, readings } = mutantSet;
const named = new Set(mutants.flatMap(({ killedBy }) => killedBy));
const valid = new Ajv2020().compile(schema);

test('kills every mutant with each case it names, without false alarms', { timeout: 300_000 }, async () => {
  // The conforming variants, and random servers with all cases, are run by conforming.slow.test.ts.
  const detection = await detect({ ...mutantSet, variants: [] }, { readings: 1 });
  const undetected = detection.mutants.flatMap(({ mutant, missed }) =>
    missed.map((miss) => ({ of: mutant.id, ...miss })),
  );
  expect({ undetected, alarms: alarmsIn(detection) }).toEqual({ undetected: [], alarms: [] });
  const file = mutantsFile(detection);
  const total = mutants.length;
  expect(file).toMatchObject({
    total,
    killed: total,
    survived: [],
    falseAlarms: 0,
    readings: { total: 1 },
  });
  expect(valid(file), JSON.stringify(valid.errors)).toBe(true);
});

test.each([0, 1, 2, 3])('raises no alarm for 10 of 40 random servers, with every fourth case from %i', async (from) => {
  // A server with all cases takes 1.7 s of a core.
  const some = cases.filter((_, at) => at % 4 === from);
  const detection = await detect(
    { ...mutantSet, mutants: [], variants: [], cases: some },
    { readings: 10, seed: from },
  );
  expect(alarmsIn(detection)).toEqual([]);
  expect(detection.right).toHaveLength(10);
});

test('gives every server a unique id, a description and existing cases', () => {
  const all = [
    ...mutants.map(({ id, breaks }) => ({ id, does: breaks })),
    ...[...variants, ...readings].map(({ id, differs }) => ({ id, does: differs })),
  ];
  const ids = all.map(({ id }) => id);
  expect(ids.filter((id, at) => ids.indexOf(id) !== at && !readings.some((reading) => reading.id === id))).toEqual([]);
  expect(all.filter(({ id, does }) => !/^[\w-]+\/[\w-]+$/.test(id) || does === '')).toEqual([]);
  const known = new Set(cases.map(({ id }) => id));
  expect([...named].filter((id) => !known.has(id))).toEqual([]);
  expect({
    mutants: mutants.length,
    variants: variants.length,
    readings: readings.length,
    questions: new Set(readings.map(readingQuestion)).size,
  }).toEqual({ mutants: 522, variants: 47, readings: 220, questions: 72 });
});

test('attacks the signature only in ways that succeed on some broken server', () => {
  // An attack that every server refuses, broken or not, passes without testing anything.
  const attacks = cases.filter(({ id, rule }) => /^(?:tamper|signature)\//.test(id) && mayFail(findRule(rule)));
  const vacuous = attacks.filter(({ id }) => !named.has(id)).map(({ id }) => id);
  // Another pk is not a product, and the device has another code: without a record, tamper/code-any-device tries it.
  expect(vacuous).toEqual(['tamper/pk', 'tamper/code']);
});

test('kills a mutant in every group of cases and with every documented code', () => {
  const caseGroup = (id: string): string | undefined => id.split('/', 1)[0];
  const killing = cases.filter(({ id }) => named.has(id));
  const groups = new Set(killing.map(({ id }) => caseGroup(id)));
  expect(cases.filter(({ id, rule }) => mayFail(findRule(rule)) && !groups.has(caseGroup(id)))).toEqual([]);
  const codes = new Set(killing.map(({ code }) => code));
  expect(documentedCodes.filter(({ code }) => !codes.has(code))).toEqual([]);
});
