import { withHeader } from '../../../generators/request.ts';
import { refusedWith } from '../../../spec/expectation.ts';
import type { Operation } from '../../../spec/operation.ts';
import type { Case } from '../../run/case.ts';
import { sendAll } from '../../run/case.ts';
import type { Builder } from './steps.ts';

/** The example of every documented code, requested by name: a mock must be able to return each. */
export function exampleCases<Changed>({ codes, readyState }: Operation, { build }: Builder<Changed>): readonly Case[] {
  return codes.map(({ code, meaning }) => {
    const step = sendAll(
      `a correct request with the header prefer: example=E${code}`,
      (context) => [withHeader(build(context), 'prefer', `example=E${code}`)],
      refusedWith(code),
    );
    const title = `returns the example of ${code} (${meaning})`;
    return { id: `example/E${code}`, code, title, rule: 'codes-mean', given: readyState, steps: [step] };
  });
}
