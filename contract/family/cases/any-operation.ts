import { type BuiltRequest, type Change, type RequestContext, withHeader } from '../../../generators/request.ts';
import { eitherWay, refusedWith } from '../../../spec/expectation.ts';
import type { Operation } from '../../../spec/operation.ts';
import { type Case, sendAll } from '../../run/case.ts';

/** Makes the requests of an operation. */
export type Builder<Changed = Change> = {
  build(context: RequestContext, changes?: readonly Changed[]): BuiltRequest;
};

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

/** One fault of a pair: changes of the request, or a state of the server with the changes that trigger it. */
export type Single<Changed> = {
  /** The id of the fault, or the state. */
  readonly name: string;
  /** 0 if the document has no code for it. */
  readonly code: number;
  readonly changes: readonly Changed[];
};

/**
 * Which code a server answers when a request has two faults: the order of its checks. The document does not give the
 * order, so the answers are recorded and compared, never judged.
 *
 * The pairs: faults of two fields of a request, or one fault of a request in a state.
 */
export function pairCases<Changed>(
  faults: readonly Single<Changed>[],
  states: readonly Single<Changed>[],
  { build }: Builder<Changed>,
  ready: string,
): readonly Case[] {
  const isOther = (first: Single<Changed>) => (second: Single<Changed>) => fieldOf(first) !== fieldOf(second);
  return faults.flatMap((first, at) =>
    [...faults.slice(at + 1).filter(isOther(first)), ...states].map((second): Case => {
      const title = `${first.name} and ${second.name}`;
      return {
        id: `precedence/${title}`,
        code: first.code,
        title: `records which code comes first: ${title}`,
        rule: 'order',
        given: states.includes(second) ? second.name : ready,
        // The changes of the state come first; the fault then breaks that request.
        steps: [sendAll(title, (context) => [build(context, [...second.changes, ...first.changes])], eitherWay)],
        pair: { names: [first.name, second.name], codes: [first.code, second.code] },
      };
    }),
  );
}

function fieldOf({ name }: { readonly name: string }): string | undefined {
  return name.split('/')[0];
}
