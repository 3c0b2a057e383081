import { alike } from '../../../generators/pure-bt/devices.ts';
import { field } from '../../../generators/pure-bt/faults/fault.ts';
import { withDk } from '../../../generators/pure-bt/forms.ts';
import type { RequestContext } from '../../../generators/pure-bt/request.ts';
import { buildRequest } from '../../../generators/pure-bt/request.ts';
import { seededRandom } from '../../../generators/random.ts';
import { isDeclared } from '../../../spec/dialect.ts';
import { refusedWith } from '../../../spec/expectation.ts';
import type { Dialect } from '../../../spec/pure-bt/dialect.ts';
import type { Answer, Together } from '../../run/case.ts';
import type { Case } from './steps.ts';
import { anyDevice, sendAll, tested } from './steps.ts';

/** A name of one character many times: how often, for a limit. */
type Name = { readonly character: string; readonly times: (limit: number) => number };

/** What a server counts when it counts the length of a name. */
const units: Readonly<Record<string, (name: string) => number>> = {
  bytes: (name) => Buffer.byteLength(name, 'utf8'),
  'UTF-16 units': (name) => name.length,
  characters: (name) => [...name].length,
};

/** Names within the limit in every unit, over it in some, and over it in all. */
const names: readonly Name[] = [
  { character: 'é', times: (limit) => Math.floor(limit / 2) },
  { character: 'é', times: (limit) => limit },
  { character: '漢', times: (limit) => Math.floor(limit / 3) + 1 },
  { character: '漢', times: (limit) => limit },
  { character: '😀', times: (limit) => Math.floor(limit / 2) + 1 },
  { character: 'é', times: (limit) => limit + 1 },
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
        (context) => names.map((name, at) => named(name, at, context)),
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
function named(name: Name, at: number, context: RequestContext): ReturnType<typeof buildRequest> {
  const dk = alike(context.fixture.dk, seededRandom(0, 'name', at, context.fixture.dk));
  const deviceName = textOf(name, context.dialect);
  return buildRequest(context, [withDk(() => dk), field('deviceName', () => deviceName)]);
}

function textOf({ character, times }: Name, { deviceNameLimit }: Dialect): string {
  return character.repeat(times(deviceNameLimit));
}

function inOneUnit(answers: readonly Answer[], dialect: Dialect): Together | undefined {
  const explains = (unit: (name: string) => number): boolean =>
    answers.every(({ bound }, at) => {
      const name = names[at];
      return name === undefined || bound === unit(textOf(name, dialect)) <= dialect.deviceNameLimit;
    });
  if (Object.values(units).some(explains)) return undefined;
  const seen = names.map((name, at) => {
    const text = textOf(name, dialect);
    const sizes = Object.entries(units).map(([unit, count]) => `${count(text)} ${unit}`);
    return `${answers[at]?.bound === true ? 'accepted' : 'refused'} ${sizes.join(', ')}`;
  });
  return {
    cause: 'the length of a deviceName is counted in no single unit',
    expected: '200 within the limit and 5333 over it, counted in one unit',
    reason: `the length of a deviceName is counted in no single unit for the limit ${dialect.deviceNameLimit}: ${seen.join('; ')}`,
  };
}
