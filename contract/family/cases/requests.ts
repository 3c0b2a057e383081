import { type DeclaredFault, declaredFaults } from '../../../generators/family/declared/faults.ts';
import { allFields, declaredForms } from '../../../generators/family/declared/forms.ts';
import type { Change } from '../../../generators/request.ts';
import { definedOnly } from '../../../spec/defined-only.ts';
import { bindsByReading, binds as succeeds } from '../../../spec/expectation.ts';
import { declaredOperation } from '../../../spec/family/declared/operation.ts';
import { slug } from '../../../spec/family/declared/rules.ts';
import type { Case } from '../../run/case.ts';
import { exampleCases, pairCases } from './any-operation.ts';
import { changesFor, type Maker, succeedsByGuess } from './steps.ts';

/** The state in which every device of a product succeeds, so that a malformed one has no record to look up. */
const anyDevice = 'a product whose every device is ready to bind';

/** Correct requests in every form, and in every state that accepts them. */
export function validCases({ declared, tested, send }: Maker): readonly Case[] {
  const { accepts = [] } = declared.declaration;
  return [
    tested('success/plain', 'succeeds with the required fields', 'success', [send('a correct request', [], succeeds)], {
      essential: true,
    }),
    ...declaredForms(declared).map(({ id, title, changes, reading }) => {
      const guessed = reading === 'guessed-request' ? succeedsByGuess : undefined;
      const expect = guessed ?? (reading === undefined ? succeeds : bindsByReading(reading));
      return tested(id, `succeeds ${title}`, reading ?? 'optional-fields', [
        send(`a request ${title}`, changes, expect),
      ]);
    }),
    ...accepts.map(({ state, with: names, guess }) => {
      const expect = guess === true ? succeedsByGuess : succeeds;
      const rule = guess === true ? 'guessed-request' : 'success';
      const step = send('a correct request', changesFor(declared, names), expect);
      return tested(`accepts/${slug(state)}`, `succeeds in the state: ${state}`, rule, [step], { given: state });
    }),
  ];
}

/** One case for each fault that a run can send. Faults that need the platform's private key are states. */
export function faultsOf({ declared }: Pick<Maker, 'declared'>): readonly DeclaredFault[] {
  return declaredFaults(declared).filter(({ needs }) => needs !== 'signingKeyPem');
}

/** Requests with one fault; again in the state of a device without a record; with every optional field; and what comes after. */
export function faultCases(maker: Maker): readonly Case[] {
  const { declared, tested, send, afterwards } = maker;
  const all = faultsOf(maker);
  const full = allFields(declared);
  const fresh = (declared.declaration.accepts ?? []).some(({ state }) => state === anyDevice);
  const single = (fault: DeclaredFault, more: Partial<Case> = {}, before: readonly Change[] = []): Case => {
    const { id, title, rule, code, unless, needs, changes, expect } = fault;
    const step = send(title, [...before, ...changes], expect);
    return tested(id, `rejects ${title}`, rule, [step], {
      ...definedOnly({ code: code ?? 200, unless, needs }),
      ...more,
    });
  };
  const id = (group: string, fault: DeclaredFault): string => `${group}/${fault.id.replace('/', '-')}`;
  return [
    ...all.map((fault) => single(fault)),
    ...all
      .filter(({ namesAnother }) => fresh && namesAnother)
      .map((fault) => single(fault, { id: id('fresh-device', fault), given: anyDevice })),
    ...(full.length === 0 ? [] : oneForEachCheck(all)).map((fault) =>
      single(fault, { id: id('full', fault), title: `rejects ${fault.title}, with every optional field` }, full),
    ),
    ...all
      .filter(({ needs }) => needs === undefined)
      .map((fault) => {
        const refused = single(fault);
        return {
          ...refused,
          id: id('trace', fault),
          code: 200,
          title: `succeeds after it rejected ${fault.title}`,
          rule: 'no-trace',
          steps: [
            ...refused.steps,
            afterwards(
              'a correct request right afterwards',
              fault.namesAnother === true ? 'another device' : undefined,
            ),
          ],
        };
      }),
  ];
}

/** The first fault of each check, and those that no check of the page finds. */
function oneForEachCheck(faults: readonly DeclaredFault[]): readonly DeclaredFault[] {
  return faults.filter(({ check }, at) => check === undefined || faults.findIndex((one) => one.check === check) === at);
}

/** Which code a server answers to a request with two faults: recorded, never judged. */
export function pairsOf(maker: Maker): readonly Case[] {
  const { declared } = maker;
  const { checks, ready } = declared.declaration;
  const faults = oneForEachCheck(faultsOf(maker)).filter(
    ({ code, needs }) => code !== undefined && needs === undefined,
  );
  const states = checks.flatMap(({ state, code, with: names }) =>
    state === undefined ? [] : [{ name: state, code, changes: changesFor(declared, names) }],
  );
  return pairCases(
    faults.map(({ id, code = 0, changes }) => ({ name: id, code, changes })),
    states,
    maker,
    ready,
  );
}

/** Faults of a check that a mock can see in a request; it does not verify tokens. */
const unseen = /^token\/(?!missing$|blank$|bearer-only$)/;

/** The cases for a mock: the example of every code, and every fault that it can see in a request. */
export function mockCases(maker: Maker): readonly Case[] {
  const seen = faultCases(maker).filter(
    ({ id, code }) => code !== 200 && !/^(?:trace|full|fresh-device)\//.test(id) && !unseen.test(id),
  );
  return [...exampleCases(declaredOperation(maker.declared), maker), ...seen];
}
