import { buildRequest, type Change, type RequestContext } from '../../../../generators/pure-bt/request.ts';
import { type BuiltRequest, withHttp } from '../../../../generators/request.ts';
import { definedOnly } from '../../../../spec/defined-only.ts';
import {
  binds,
  type Expectation,
  eitherWay,
  type Open,
  refusedAnyhow,
  refusedWith,
} from '../../../../spec/expectation.ts';
import type { RuleId } from '../../../../spec/pure-bt/rules.ts';
import { unlessOneBound } from '../../../run/case.ts';
import { type Case, devices, type RequestBatch, send, tested } from '../steps.ts';

/** Corrupts a signed request. */
type Corrupt = (built: BuiltRequest, context: RequestContext) => BuiltRequest;

/** Options of a case about a request that the document does not mention. */
export type RobustnessOptions = {
  /** Changes before the request is signed. */
  readonly prepare?: readonly Change[];
  /** Changes of the correct request that follows. */
  readonly follow?: readonly Change[];
  readonly mayHangUp?: true;
  readonly takesLong?: true;
  readonly given?: Case['given'];
  /** The expectation; any refusal if not given. */
  readonly expect?: Expectation;
  /** The rule; the group's rule if not given. */
  readonly rule?: RuleId;
  /** What else is accepted for the correct request that follows, if it is correct only by a reading. */
  readonly afterwards?: Open;
};

type MakeCase = (name: string, title: string, corrupt: Corrupt, options?: RobustnessOptions) => Case;

/**
 * A request that must be refused quickly, without a 5xx or a leak; a correct request right afterwards must bind.
 * Its parameters are the case's id without its group (`truncated`), and what follows "rejects": `a truncated body`.
 */
export const mustRefuse: MakeCase = robustness('rejects', 'robust', refusedAnyhow);

/** A request that may bind or be refused; a correct request right afterwards binds, or gets 5049 if this one has bound. */
export const mayGoEitherWay: MakeCase = robustness('handles', 'lenient', eitherWay);

/** A correct request that is sent in an unusual way; it must bind. */
export const mustAccept: MakeCase = (name, title, corrupt, { takesLong, ...options } = {}) =>
  tested(
    `transport/${name}`,
    `binds with ${title}`,
    'transport',
    [makeBatch(title, corrupt, options, binds)],
    definedOnly({ takesLong }),
  );

function robustness(verb: string, group: RuleId, expected: Expectation): MakeCase {
  return (name, title, corrupt, options = {}) => {
    const { follow = [], given = devices.ready, afterwards = {}, rule = group } = options;
    const apart: Corrupt = (built, context) => withHttp(corrupt(built, context), { ownConnection: true });
    const expectAfter = unlessOneBound(refusedWith(5049, afterwards), { ...binds, ...afterwards });
    const steps = [
      makeBatch(title, apart, options, expected),
      send('a correct request right afterwards', follow, expectAfter),
    ];
    return tested(`robustness/${name}`, `${verb} ${title}`, rule, steps, { given, strains: true });
  };
}

function makeBatch(
  what: string,
  corrupt: Corrupt,
  { prepare = [], expect, mayHangUp }: RobustnessOptions,
  expected: Expectation,
): RequestBatch {
  return {
    what,
    requests: (context) => [corrupt(buildRequest(context, prepare), context)],
    expect: () => expect ?? expected,
    prompt: true,
    ...definedOnly({ mayHangUp }),
  };
}
