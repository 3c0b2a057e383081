import { refusedWith } from '../../../spec/expectation.ts';
import type { Case } from '../../run/case.ts';
import { sendAll } from '../../run/case.ts';
import { faultCases } from './requests.ts';
import type { Maker } from './steps.ts';

/** Faults of a check that a mock can see in a request; it does not verify tokens. */
const unseen = /^token\/(?!missing$|blank$|bearer-only$)/;

/** The cases for a mock: the example of every code, requested by name, and every fault that it can see in a request. */
export function mockCases(maker: Maker): readonly Case[] {
  const { declared, tested, build } = maker;
  const examples = declared.codes.map(({ code, meaning }) => {
    const step = sendAll(
      `a correct request with the header prefer: example=E${code}`,
      (context) => {
        const { http, ...built } = build(context);
        return [{ ...built, http: { ...http, headers: [...http.headers, ['prefer', `example=E${code}`] as const] } }];
      },
      refusedWith(code),
    );
    return tested(`example/E${code}`, `returns the example of ${code} (${meaning})`, 'codes-mean', [step], { code });
  });
  const seen = faultCases(maker).filter(
    ({ id, code }) => code !== 200 && !/^(?:trace|full|fresh-device)\//.test(id) && !unseen.test(id),
  );
  return [...examples, ...seen];
}
