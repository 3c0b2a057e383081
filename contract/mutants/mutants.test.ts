/** The suite's detection power may not fall: whoever weakens a case sees here which broken server it now lets through. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { documentedCodes } from '../../spec/pure-bt/catalogue.ts';
import { ruleOf } from '../../spec/pure-bt/rules.ts';
import { mayFail } from '../../spec/rule.ts';
import schema from '../mutants.schema.json' with { type: 'json' };
import { cases } from '../pure-bt/cases/menu.ts';
import { mutants } from '../pure-bt/mutants/menu.ts';
import { readings } from '../pure-bt/mutants/readings/menu.ts';
import { questionOf } from '../pure-bt/mutants/readings/reading.ts';
import { variants } from '../pure-bt/mutants/variants/menu.ts';
import { detect } from './detect.ts';
import { mutantsFile } from './results.ts';
import { inThread } from './thread.ts';

const named = new Set(mutants.flatMap(({ killedBy }) => killedBy));
const valid = new Ajv2020().compile(schema);

test('every mutant is killed by each case it names; no variant and no random server alarms', {
  timeout: 600_000,
}, async () => {
  const detection = await detect({ mutants, variants, cases, readings: 40, elsewhere: inThread() });
  const unseen = detection.mutants.flatMap(({ mutant, missed }) =>
    missed.map(({ id, ended }) => `${mutant.id}: ${id} ${ended}`),
  );
  const alarms = detection.variants.flatMap(({ variant, alarms: found }) =>
    found.map(({ id, reason }) => `${variant.id}: ${id} ${reason}`),
  );
  const random = detection.servers.flatMap(({ at, alarms: found }) =>
    found.map(({ id, reason, because }) => `${at}: ${id} ${reason} (${because})`),
  );
  expect(detection.servers).toHaveLength(40);
  expect({ unseen, alarms, random }).toEqual({ unseen: [], alarms: [], random: [] });
  const file = mutantsFile(detection);
  expect(file).toMatchObject({ total: mutants.length, killed: mutants.length, survived: [], falseAlarms: 0 });
  expect(valid(file), JSON.stringify(valid.errors)).toBe(true);
});

test('there are as many mutants and variants as were promised', () => {
  expect(mutants.length).toBeGreaterThanOrEqual(497);
  expect(variants.length).toBeGreaterThanOrEqual(43);
  expect(new Set(readings.map(questionOf)).size).toBeGreaterThanOrEqual(40);
});

test('ids are unique', () => {
  const ids = [...mutants, ...variants].map(({ id }) => id);
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
});

test('every named case stands in the catalogue', () => {
  const known = new Set(cases.map(({ id }) => id));
  expect([...named].filter((id) => !known.has(id))).toEqual([]);
});

test('every group of cases that may fail kills a mutant', () => {
  const groups = new Set(cases.filter(({ rule }) => mayFail(ruleOf(rule))).map(({ id }) => id.split('/', 1)[0]));
  const killing = new Set([...named].map((id) => id.split('/', 1)[0]));
  expect([...groups].filter((group) => !killing.has(group))).toEqual([]);
});

test('every documented code has a case that kills a mutant', () => {
  const killing = new Set(cases.filter(({ id }) => named.has(id)).map(({ code }) => code));
  expect(documentedCodes.filter(({ code }) => !killing.has(code))).toEqual([]);
});
