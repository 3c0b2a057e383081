import { similarText } from '../../../generators/family/devices.ts';
import { field } from '../../../generators/pure-bt/faults/fault.ts';
import { buildRequest, type RequestContext } from '../../../generators/pure-bt/request.ts';
import { withDk } from '../../../generators/pure-bt/valid-forms.ts';
import { seededRandom } from '../../../generators/random.ts';
import type { BuiltRequest } from '../../../generators/request.ts';
import { isDeclared } from '../../../spec/dialect.ts';
import { refusedWith } from '../../../spec/expectation.ts';
import type { Dialect } from '../../../spec/pure-bt/dialect.ts';
import type { Answer, Together } from '../../run/case.ts';
import { type Case, devices, sendAll, tested } from './steps.ts';

/** Units in which a server may count the length of a name. */
const units: Readonly<Record<string, (name: string) => number>> = {
  bytes: (name) => Buffer.byteLength(name, 'utf8'),
  'UTF-16 units': (name) => name.length,
  characters: (name) => [...name].length,
};

/** Names within the limit in all units, over it in some, and over it in all. */
const names: readonly ((limit: number) => string)[] = [
  (limit) => 'é'.repeat(Math.floor(limit / 2)),
  (limit) => 'é'.repeat(limit),
  (limit) => '漢'.repeat(Math.floor(limit / 3) + 1),
  (limit) => '漢'.repeat(limit),
  (limit) => '😀'.repeat(Math.floor(limit / 2) + 1),
  (limit) => 'é'.repeat(limit + 1),
];

/** The document does not name the unit of the limit, but a server must use one unit for all names. */
export const nameCases: readonly Case[] = [
  tested(
    'name/one-unit',
    'counts the length of every deviceName in the same unit',
    'name-unit',
    [
      sendAll(
        'a deviceName with characters of two to four bytes',
        (context) => names.map((name, at) => requestNamed(name, at, context)),
        refusedWith([200, 5333]),
        inOneUnit,
      ),
    ],
    {
      code: 5333,
      given: devices.any,
      // If the limit is not known, another unit looks like another limit.
      unless: (dialect) => (isDeclared('deviceNameLimit', dialect) ? undefined : 'deviceNameLimit is not declared'),
    },
  ),
];

/** A request for a separate device. */
function requestNamed(name: (limit: number) => string, at: number, context: RequestContext): BuiltRequest {
  const dk = similarText(context.fixture.dk, seededRandom(0, 'name', at, context.fixture.dk));
  const deviceName = name(context.dialect.deviceNameLimit);
  return buildRequest(context, [withDk(() => dk), field('deviceName', () => deviceName)]);
}

function inOneUnit(answers: readonly Answer[], { deviceNameLimit: limit }: Dialect): Together | undefined {
  const explains = (unit: (name: string) => number): boolean =>
    answers.every(({ bound }, at) => {
      const name = names[at];
      return name === undefined || bound === unit(name(limit)) <= limit;
    });
  if (Object.values(units).some(explains)) return undefined;
  const seen = names.map((name, at) => {
    const sizes = Object.entries(units).map(([unit, count]) => `${count(name(limit))} ${unit}`);
    return `${answers[at]?.bound === true ? 'accepted' : 'rejected'} ${sizes.join(', ')}`;
  });
  return {
    cause: 'no single unit explains which deviceNames are too long',
    expected: '200 within the limit and 5333 over it, in one unit',
    reason: `no single unit explains which deviceNames are too long (limit ${limit}): ${seen.join('; ')}`,
  };
}
