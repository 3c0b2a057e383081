import type { Change, RequestContext } from '../../../../generators/pure-bt/request.ts';
import { buildRequest } from '../../../../generators/pure-bt/request.ts';
import type { BuiltRequest } from '../../../../generators/request.ts';
import { withHttp } from '../../../../generators/request.ts';
import { definedOnly } from '../../../../spec/defined-only.ts';
import type { Expectation, Open } from '../../../../spec/expectation.ts';
import { binds, eitherWay, refusedAnyhow, refusedWith } from '../../../../spec/expectation.ts';
import type { RuleId } from '../../../../spec/pure-bt/rules.ts';
import type { Case, RequestBatch } from '../steps.ts';
import { ready, send, tested } from '../steps.ts';

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

/**
 * A request that must be refused quickly, without a 5xx or a leak; a correct request right afterwards must bind.
 * @param name the case's id without its group: `truncated`.
 * @param title `a truncated body`.
 */
export function mustRefuse(name: string, title: string, corrupt: Corrupt, options: RobustnessOptions = {}): Case {
  return robustness(name, `rejects ${title}`, 'robust', makeBatch(title, corrupt, options, refusedAnyhow), options);
}

/** A request that may bind or be refused; a correct request right afterwards binds, or gets 5049 if this one has bound. */
export function mayGoEitherWay(name: string, title: string, corrupt: Corrupt, options: RobustnessOptions = {}): Case {
  return robustness(name, `handles ${title}`, 'lenient', makeBatch(title, corrupt, options, eitherWay), options);
}

/** A correct request that is sent in an unusual way; it must bind. */
export function mustAccept(name: string, title: string, corrupt: Corrupt, options: RobustnessOptions = {}): Case {
  const { takesLong } = options;
  const step = makeBatch(title, corrupt, options, binds);
  return tested(`transport/${name}`, `binds with ${title}`, 'transport', [step], definedOnly({ takesLong }));
}

function robustness(name: string, title: string, rule: RuleId, step: RequestBatch, options: RobustnessOptions): Case {
  const { follow = [], given = ready, afterwards = {} } = options;
  const after = send('a correct request right afterwards', follow, (_, earlier) =>
    earlier.some(({ bound }) => bound) ? refusedWith(5049, afterwards) : { ...binds, ...afterwards },
  );
  const steps = [
    {
      ...step,
      requests: (context: RequestContext) =>
        step.requests(context).map((built) => withHttp(built, { ownConnection: true })),
    },
    after,
  ];
  return tested(`robustness/${name}`, title, options.rule ?? rule, steps, { given, strains: true });
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
