import { outcomeOf } from '../../../generators/family/declared/faults.ts';
import { setField } from '../../../generators/family/declared/request.ts';
import { similarText } from '../../../generators/family/devices.ts';
import { seededRandom } from '../../../generators/random.ts';
import type { Change, RequestContext } from '../../../generators/request.ts';
import { type Expectation, refusedUndocumented, refusedWith, binds as succeeds } from '../../../spec/expectation.ts';
import { type DeclaredField, fieldThatIs } from '../../../spec/family/declared/model.ts';
import { ruleOf } from '../../../spec/family/declared/rules.ts';
import { type Answer, type Case, type RequestBatch, sendAll, type Together } from '../../run/case.ts';
import { changesFor, type Maker } from './steps.ts';

const anyDevice = 'a product whose every device is ready to bind';
const [single, alternate] = ['two users, binding mode single', 'two users, binding mode alternate'];
const crowd = 10;

/** Which requests are about the same device and user: races, two users, two devices, and homes of others. */
export function deviceCases(maker: Maker): readonly Case[] {
  const { declared } = maker;
  const accepted = new Set((declared.declaration.accepts ?? []).map(({ state }) => state));
  const dk = declared.declaration.effect === 'bind' ? fieldThatIs('dk', declared) : undefined;
  return [
    ...raceCases(maker),
    ...(dk !== undefined && accepted.has(anyDevice) ? identityCases(maker, dk) : []),
    ...(dk !== undefined && accepted.has(single) ? [twoUsersSingle(maker)] : []),
    ...(dk !== undefined && accepted.has(alternate) ? [twoUsersAlternate(maker)] : []),
    ...homeCases(maker),
  ];
}

function raceCases({ tested, build, repeated }: Maker): readonly Case[] {
  if (repeated === undefined) return [];
  const step = sendAll(
    `one of ${crowd} equal requests at once`,
    (context) => Array.from({ length: crowd }, () => build(context)),
    refusedWith([200, repeated.code], { openRefusals: 'any', reading: 'race-loser' }),
    exactlyOne,
  );
  const title = `succeeds once for ${crowd} equal requests at once`;
  return [tested('race/equal-requests', title, 'once', [{ ...step, atOnce: true }])];
}

function exactlyOne(answers: readonly Answer[]): Together | undefined {
  const count = answers.filter(({ bound }) => bound).length;
  if (count === 1) return undefined;
  const reason = `${count} of ${answers.length} equal requests at once succeeded; expected exactly one`;
  return { cause: 'not exactly one of several equal requests succeeded', reason, expected: 'exactly one success' };
}

/** The dk of another device of the product, the same one for the same word. */
function otherDk({ fixture }: RequestContext, word: string): string {
  const { dk = '' } = fixture;
  return similarText(dk, seededRandom(0, word, dk));
}

function identityCases({ tested, send, repeated, declared, build }: Maker, dk: DeclaredField): readonly Case[] {
  const again = repeated === undefined ? succeeds : outcomeOf(repeated, declared);
  const byFormat = { ...succeeds, open: [], openRefusals: 'any', reading: 'dk-format' } as const;
  const device = (what: string, word: string, expect: RequestBatch['expect'] | Expectation, behind = '') =>
    send(what, [setField(dk, (context) => otherDk(context, word) + behind)], expect);
  const pk = fieldThatIs('pk', declared) ?? { steps: [] };
  const unknownPk = setField(pk, ({ random }) => `p9${random.string.alphanumeric(8)}`);
  return [
    tested(
      'devices/two-of-a-product',
      'succeeds for two devices of one product, once each',
      'identity',
      [
        device('a device', 'one', succeeds),
        device('another device', 'two', succeeds),
        device('the first device again', 'one', again),
        device('the other device again', 'two', again),
      ],
      { given: anyDevice },
    ),
    tested(
      'devices/longer-dk',
      'succeeds for a device with a dk that starts with the dk of another',
      'dk-format',
      [device('a device', 'one', succeeds), device('a device with one more character in its dk', 'one', byFormat, '0')],
      { given: anyDevice },
    ),
    tested(
      'devices/same-dk-of-two-products',
      'succeeds for the same dk of two products',
      'identity',
      [
        device('a device of one product', 'one', succeeds),
        sendAll(
          'the same dk of another product',
          (context) => {
            const { fixture, other = fixture } = context;
            return [build({ ...context, fixture: other }, [setField(dk, () => otherDk(context, 'one'))])];
          },
          succeeds,
        ),
      ],
      {
        given: anyDevice,
        secondState: anyDevice,
        unfit: (fixture, other) =>
          other === undefined || fixture['pk'] !== other['pk'] ? undefined : 'both fixtures have the same product',
      },
    ),
    tested('pk/unknown', 'rejects a product that does not exist', 'pk-unknown', [
      send('a request with an unknown pk', [unknownPk], refusedUndocumented(['unknownDevice'])),
    ]),
  ];
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
