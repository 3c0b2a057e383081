import { similarText } from '../../../generators/pure-bt/devices.ts';
import { field } from '../../../generators/pure-bt/faults/fault.ts';
import type { RequestContext } from '../../../generators/pure-bt/request.ts';
import { buildRequest } from '../../../generators/pure-bt/request.ts';
import { withDk } from '../../../generators/pure-bt/valid-forms.ts';
import { seededRandom } from '../../../generators/random.ts';
import type { BuiltRequest } from '../../../generators/request.ts';
import { isDeclared } from '../../../spec/dialect.ts';
import { refusedWith } from '../../../spec/expectation.ts';
import type { Dialect } from '../../../spec/pure-bt/dialect.ts';
import type { Answer, Together } from '../../run/case.ts';
import type { Case } from './steps.ts';
import { anyDevice, sendAll, tested } from './steps.ts';

/** What a server counts when it counts the length of a name. */
const units: Readonly<Record<string, (name: string) => number>> = {
  bytes: (name) => Buffer.byteLength(name, 'utf8'),
  'UTF-16 units': (name) => name.length,
  characters: (name) => [...name].length,
};

/** Names within the limit in every unit, over it in some, and over it in all. */
const names: readonly ((limit: number) => string)[] = [
  (limit) => 'é'.repeat(Math.floor(limit / 2)),
  (limit) => 'é'.repeat(limit),
  (limit) => '漢'.repeat(Math.floor(limit / 3) + 1),
  (limit) => '漢'.repeat(limit),
  (limit) => '😀'.repeat(Math.floor(limit / 2) + 1),
  (limit) => 'é'.repeat(limit + 1),
];

/** The unit of the limit is open, but it is one: what is refused as too long must be explained by a single unit. */
export const nameCases: readonly Case[] = [
  tested(
    'name/one-unit',
    'counts the length of a deviceName in one unit',
    'name-unit',
    [
      sendAll(
        'a deviceName of characters of two to four bytes',
        (context) => names.map((name, at) => requestNamed(name, at, context)),
        refusedWith([200, 5333]),
        inOneUnit,
      ),
    ],
    {
      code: 5333,
      given: anyDevice,
      // Without the limit, nothing tells a unit from another limit.
      unless: (dialect) => (isDeclared('deviceNameLimit', dialect) ? undefined : 'deviceNameLimit is not declared'),
    },
  ),
];

/** A request for a device of its own. */
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
    return `${answers[at]?.bound === true ? 'accepted' : 'refused'} ${sizes.join(', ')}`;
  });
  return {
    cause: 'the length of a deviceName is counted in no single unit',
    expected: '200 within the limit and 5333 over it, counted in one unit',
    reason: `the length of a deviceName is counted in no single unit for the limit ${limit}: ${seen.join('; ')}`,
  };
}
