import { definedOnly } from '../../../spec/defined-only.ts';
import { checkKey, fieldThatIs, leaves } from '../../../spec/family/declared/model.ts';
import type { DeclaredBehaviour } from '../../../spec/family/reference/declared/behaviour.ts';
import type * as engine from '../../mutants/mutant.ts';
import {
  answering,
  parseJsonBody,
  withFields,
  withHeaders,
  withJson,
  withoutFields,
  withStatus,
} from '../../mutants/operators.ts';
import type { Bench, Difference } from './server.ts';
import { adding } from './server.ts';

/** A reading of an open question, as a change of the server. */
export type Reading = engine.Reading & Difference;

/** The answers to everything that the page leaves open; any combination makes a conforming server. */
export function readingsOf(bench: Bench): readonly Reading[] {
  const { declared, correct, made } = bench;
  const refusals = (edit: Parameters<typeof withJson>[0]): Difference => ({
    wire: answering((answer) => (parseJsonBody(answer)?.['code'] === 200 ? answer : withJson(edit)(answer))),
  });
  const behaviour = (override: Partial<DeclaredBehaviour>): Difference => ({ override });
  const optional = leaves(declared).filter(({ always, steps }) => !always && steps.length === 1);
  const readings: Record<string, Difference> = {
    'answer/no-ext-msg: leaves out extMsg': { wire: answering(withJson(withoutFields('extMsg'))) },
    'answer/header: sends more headers': { wire: answering(withHeaders(['x-request-id', '7'])) },
    'msg/chinese: answers refusals in Chinese': refusals(withFields({ msg: '请求被拒绝' })),
    'msg/empty: sends an empty msg with refusals': refusals(withFields({ msg: '' })),
    'refusal-data/empty: sends empty data with refusals': refusals(withFields({ data: {} })),
    'unreadable/200: answers what it cannot read with HTTP 200': {
      wire: answering((answer) => (answer.httpStatus === 400 ? withStatus(200)(answer) : answer)),
    },
    'nothing/refused: refuses empty and null optional fields': behaviour(
      adding(bench, ({ values }) => (optional.some(({ name }) => values.get(name) === '') ? 'added' : undefined)),
    ),
    ...(fieldThatIs('dk', declared) !== undefined && {
      'dk/hyphens: accepts hyphens in a dk': behaviour({ dkPattern: /^[0-9A-Za-z-]{4,32}$/ }),
      'dk/long: accepts a dk of 64 characters': behaviour({ dkPattern: /^[0-9A-Za-z]{4,64}$/ }),
    }),
    ...(fieldThatIs('deviceName', declared) !== undefined && {
      'name/bytes: limits the bytes of a name': behaviour({ deviceNameLimit: correct.deviceNameLimit + 100 }),
      'name/64: limits a name to 64 characters': behaviour({ deviceNameLimit: 64 }),
    }),
    ...(fieldThatIs('dk', declared) !== undefined &&
      Object.hasOwn(made.decisions, 'deviceFound') && {
        'unknown/5313: answers 5313 for an unknown product': behaviour({
          codes: { ...correct.codes, productUnknown: 5313 },
        }),
      }),
  };
  for (const check of declared.declaration.checks) {
    const found = made.byCheck.get(checkKey(check));
    if (check.guess !== true || found === undefined) continue;
    const key = checkKey(check);
    readings[`${key}/5000: answers 5000 for: ${key}`] = behaviour({
      codes: { ...correct.codes, [found.refusal]: 5000 },
    });
    // The page requires a field, so its absence is refused with some code.
    if (check.absent === undefined && check.token === undefined)
      readings[`${key}/accepted: has no check for: ${key}`] = behaviour({
        codes: { ...correct.codes, [found.refusal]: undefined },
      });
  }
  return Object.entries(readings).map(([sentence, difference]) => {
    const [id = '', ...differs] = sentence.split(': ');
    return { ...difference, id, differs: differs.join(': ') };
  });
}

/** A server with some readings and an order of decisions. */
export function buildServer(bench: Bench, readings: readonly Reading[], order: readonly string[]): Difference {
  const { correct } = bench;
  const override = readings.reduce<Partial<DeclaredBehaviour>>(
    (all, { override: one = {} }) => merge(all, one, correct),
    {},
  );
  const added = override.order?.filter((name) => !order.includes(name)) ?? [];
  const wires = readings.flatMap(({ wire }) => wire ?? []);
  const wire: Difference['wire'] = (handle) => {
    let served = handle;
    for (const layer of wires) {
      const next = layer(served);
      // The wires of readings answer at once.
      served = (request) => next(request) as ReturnType<typeof handle>;
    }
    return served;
  };
  return definedOnly({
    override: { ...override, order: [...order, ...added] },
    wire: wires.length === 0 ? undefined : wire,
  });
}

/** Two readings together: codes and decisions are merged, not replaced. */
function merge(
  all: Partial<DeclaredBehaviour>,
  one: Partial<DeclaredBehaviour>,
  correct: DeclaredBehaviour,
): Partial<DeclaredBehaviour> {
  const changedCodes = Object.entries(one.codes ?? {}).filter(([name, code]) => code !== correct.codes[name]);
  return {
    ...all,
    ...one,
    codes: { ...correct.codes, ...all.codes, ...Object.fromEntries(changedCodes) },
    decisions: { ...correct.decisions, ...all.decisions, ...one.decisions },
  };
}
