import { outcomeOf } from '../../../generators/family/declared/faults.ts';
import { setField } from '../../../generators/family/declared/request.ts';
import { similarText } from '../../../generators/family/devices.ts';
import { seededRandom } from '../../../generators/random.ts';
import type { Change, RequestContext } from '../../../generators/request.ts';
import { refusedUndocumented, refusedWith, binds as succeeds } from '../../../spec/expectation.ts';
import { fieldThatIs } from '../../../spec/family/declared/model.ts';
import { ruleOf } from '../../../spec/family/declared/rules.ts';
import type { Answer, Case, RequestBatch, Together } from '../../run/case.ts';
import { sendAll } from '../../run/case.ts';
import type { Maker } from './steps.ts';
import { changesFor } from './steps.ts';

const anyDevice = 'a product whose every device is ready to bind';
const [single, alternate] = ['two users, binding mode single', 'two users, binding mode alternate'];
const crowd = 10;

/** Which requests are about the same device and user: races, two users, two devices, and homes of others. */
export function deviceCases(maker: Maker): readonly Case[] {
  const { declared } = maker;
  const accepted = new Set((declared.declaration.accepts ?? []).map(({ state }) => state));
  const bindsDevice = declared.declaration.effect === 'bind' && fieldThatIs('dk', declared) !== undefined;
  return [
    ...raceCases(maker),
    ...(bindsDevice && accepted.has(anyDevice) ? identityCases(maker) : []),
    ...(bindsDevice && accepted.has(single) ? [twoUsersSingle(maker)] : []),
    ...(bindsDevice && accepted.has(alternate) ? [twoUsersAlternate(maker)] : []),
    ...homeCases(maker),
  ];
}

function raceCases({ tested, build, repeated }: Maker): readonly Case[] {
  if (repeated === undefined) return [];
  const step: RequestBatch = {
    ...sendAll(
      `one of ${crowd} equal requests at once`,
      (context) => Array.from({ length: crowd }, () => build(context)),
      refusedWith([200, repeated.code], { openRefusals: 'any', reading: 'race-loser' }),
      exactlyOne,
    ),
    atOnce: true,
  };
  return [tested('race/equal-requests', `succeeds once for ${crowd} equal requests at once`, 'once', [step])];
}

function exactlyOne(answers: readonly Answer[]): Together | undefined {
  const count = answers.filter(({ bound }) => bound).length;
  if (count === 1) return undefined;
  const reason = `${count} of ${answers.length} equal requests at once succeeded; expected exactly one`;
  return { cause: 'not exactly one of several equal requests succeeded', reason, expected: 'exactly one success' };
}

/** A change to another device of the product, the same one for the same word. */
function otherDevice({ declared }: Maker, word: string, behind = ''): Change {
  const field = fieldThatIs('dk', declared) ?? { steps: [] };
  return setField(
    field,
    ({ fixture }) => similarText(fixture['dk'] ?? '', seededRandom(0, word, fixture['dk'] ?? '')) + behind,
  );
}

function identityCases(maker: Maker): readonly Case[] {
  const { tested, send, repeated, declared, build } = maker;
  const given = anyDevice;
  const again = repeated === undefined ? succeeds : outcomeOf(repeated, declared);
  const byFormat = { ...succeeds, open: [], openRefusals: 'any', reading: 'dk-format' } as const;
  return [
    tested(
      'devices/two-of-a-product',
      'succeeds for two devices of one product, once each',
      'identity',
      [
        send('a device', [otherDevice(maker, 'one')], succeeds),
        send('another device', [otherDevice(maker, 'two')], succeeds),
        send('the first device again', [otherDevice(maker, 'one')], again),
        send('the other device again', [otherDevice(maker, 'two')], again),
      ],
      { given },
    ),
    tested(
      'devices/longer-dk',
      'succeeds for a device with a dk that starts with the dk of another',
      'dk-format',
      [
        send('a device', [otherDevice(maker, 'one')], succeeds),
        send('a device with one more character in its dk', [otherDevice(maker, 'one', '0')], byFormat),
      ],
      { given },
    ),
    tested(
      'devices/same-dk-of-two-products',
      'succeeds for the same dk of two products',
      'identity',
      [
        send('a device of one product', [otherDevice(maker, 'one')], succeeds),
        sendAll('the same dk of another product', (context) => [sameDkOfOther(context, maker, build)], succeeds),
      ],
      {
        given,
        secondState: anyDevice,
        unfit: ({ pk }, other) =>
          other === undefined || pk !== other['pk'] ? undefined : 'both fixtures have the same product',
      },
    ),
    tested(
      'pk/unknown',
      'rejects a product that does not exist',
      'pk-unknown',
      [
        send(
          'a request with an unknown pk',
          [
            setField(
              fieldThatIs('pk', declared) ?? { steps: [] },
              ({ random }) => `p9${random.string.alphanumeric(8)}`,
            ),
          ],
          refusedUndocumented(['unknownDevice']),
        ),
      ],
      {},
    ),
  ];
}

function sameDkOfOther(context: RequestContext, maker: Maker, build: Maker['build']): ReturnType<Maker['build']> {
  const { fixture, other = fixture } = context;
  const dk = similarText(fixture['dk'] ?? '', seededRandom(0, 'one', fixture['dk'] ?? ''));
  const field = fieldThatIs('dk', maker.declared) ?? { steps: [] };
  return build({ ...context, fixture: other }, [setField(field, () => dk)]);
}

const asOther: Change = { at: 'token', apply: (_, { fixture }) => `Bearer ${fixture['otherToken']}` };

function twoUsersSingle({ tested, send, declared }: Maker): Case {
  const check = declared.declaration.checks.find(({ state }) => state?.endsWith('another user, binding mode single'));
  const refused = check === undefined ? refusedUndocumented([]) : refusedWith(check.code);
  return tested(
    'two-users/single',
    'rejects a second user in binding mode single',
    check === undefined ? 'once' : ruleOf(check, declared),
    [send('the first user', [], succeeds), send('the second user', [asOther], refused)],
    { given: single, code: check?.code ?? 200 },
  );
}

function twoUsersAlternate({ tested, send }: Maker): Case {
  return tested(
    'two-users/alternate',
    'gives the device to the second user in binding mode alternate, and back',
    'success',
    [
      send('the first user', [], succeeds),
      send('the second user', [asOther], succeeds),
      send('the first user, after that has unbound it', [], succeeds),
    ],
    { given: alternate },
  );
}

/** A fid is only a name: the server's records show who owns the home. */
function homeCases({ declared, tested, send }: Maker): readonly Case[] {
  const fid = fieldThatIs('fid', declared);
  const inHome = (declared.declaration.accepts ?? []).find(
    ({ with: names }) => fid !== undefined && names?.includes(fid.name),
  );
  if (fid === undefined || inHome === undefined || inHome.guess === true) return [];
  const changes = changesFor(declared, inHome.with);
  const foreign = (
    id: string,
    title: string,
    value: (context: RequestContext) => string | undefined,
    more: Partial<Case> = {},
  ): Case =>
    tested(
      `foreign-home/${id}`,
      `rejects ${title}`,
      'home-foreign',
      [
        send(title, [...changes, setField(fid, value)], refusedUndocumented([])),
        send("a correct request in the user's own home", changes, succeeds),
      ],
      { given: inHome.state, ...more },
    );
  return [
    foreign('of-nobody', 'the fid of a home that does not exist', ({ random }) => `f${random.string.numeric(17)}`),
    foreign('of-another', "the fid of another user's home", ({ other }) => other?.['fid'], {
      secondState: inHome.state,
      unfit: (fixture, other) =>
        other === undefined || fixture['fid'] !== other['fid'] ? undefined : 'both fixtures have the same home',
    }),
  ];
}
