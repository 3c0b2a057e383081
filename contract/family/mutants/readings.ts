import { checkKey, fieldThatIs, leaves } from '../../../spec/family/declared/model.ts';
import type { DeclaredBehaviour } from '../../../spec/family/reference/declared/attempt.ts';
import { makeServers, type Reading } from '../../mutants/mutant.ts';
import {
  answering,
  onCode,
  withFields,
  withHeaders,
  withJson,
  withoutFields,
  withStatus,
} from '../../mutants/operators.ts';
import { type Bench, refusing } from './server.ts';

type Change = Omit<Reading<DeclaredBehaviour>, 'id' | 'differs'>;

/** The answers to everything that the page leaves open; any combination makes a conforming server. */
export function readingsOf({ declared, correct, made }: Bench): readonly Reading<DeclaredBehaviour>[] {
  const { checks } = declared.declaration;
  const optional = leaves(declared).filter(({ always, steps }) => !always && steps.length === 1);
  const hasDk = fieldThatIs('dk', declared) !== undefined;
  return makeServers<Change>({
    'answer/no-ext-msg: leaves out extMsg': { wire: answering(withJson(withoutFields('extMsg'))) },
    'answer/header: sends more headers': { wire: answering(withHeaders(['x-request-id', '7'])) },
    'msg/chinese: answers refusals in Chinese': refusals({ msg: '请求被拒绝' }),
    'msg/empty: sends an empty msg with refusals': refusals({ msg: '' }),
    'refusal-data/empty: sends empty data with refusals': refusals({ data: {} }),
    'unreadable/200: answers what it cannot read with HTTP 200': {
      wire: answering((answer) => (answer.httpStatus === 400 ? withStatus(200)(answer) : answer)),
    },
    'nothing/refused: refuses empty and null optional fields': {
      override: (inner) => refusing(inner, ({ values }) => optional.some(({ name }) => values.get(name) === '')),
    },
    ...(hasDk && {
      'dk/hyphens: accepts hyphens in a dk': { override: () => ({ dkPattern: /^[0-9A-Za-z-]{4,32}$/ }) },
      'dk/long: accepts a dk of 64 characters': { override: () => ({ dkPattern: /^[0-9A-Za-z]{4,64}$/ }) },
    }),
    ...(fieldThatIs('deviceName', declared) !== undefined && {
      'name/bytes: limits the bytes of a name': {
        override: () => ({ deviceNameLimit: correct.deviceNameLimit + 100 }),
      },
      'name/64: limits a name to 64 characters': { override: () => ({ deviceNameLimit: 64 }) },
    }),
    ...(hasDk &&
      Object.hasOwn(made.decisions, 'deviceFound') && {
        'unknown/5313: answers 5313 for an unknown product': coded('productUnknown', 5313),
      }),
    ...Object.assign(
      {},
      ...checks.map((check): Readonly<Record<string, Change>> => {
        const key = checkKey(check);
        const refusal = made.byCheck.get(key)?.refusal;
        if (check.guess !== true || refusal === undefined) return {};
        return {
          [`${key}/5000: answers 5000 for: ${key}`]: coded(refusal, 5000),
          // The page requires a field, so its absence is refused with some code.
          ...(check.absent === undefined &&
            check.token === undefined && {
              [`${key}/accepted: has no check for: ${key}`]: coded(refusal, undefined),
            }),
        };
      }),
    ),
  });
}

function refusals(fields: Parameters<typeof withFields>[0]): Change {
  return { wire: onCode((code) => code !== 200, withJson(withFields(fields))) };
}

function coded(refusal: string, code: number | undefined): Change {
  return { override: (inner) => ({ codes: { ...inner.codes, [refusal]: code } }) };
}
