import { declaredFaults } from '../../../generators/family/declared/faults.ts';
import { hasUsualValue } from '../../../generators/family/declared/request.ts';
import { makeDefaultDialect } from '../../../spec/dialect.ts';
import { checkKey, type DeclaredCheck, leaves } from '../../../spec/family/declared/model.ts';
import { declaredOperation } from '../../../spec/family/declared/operation.ts';
import { slug } from '../../../spec/family/declared/rules.ts';
import type { SharedAttempt } from '../../../spec/family/reference/attempt.ts';
import type { DeclaredAttempt, DeclaredBehaviour } from '../../../spec/family/reference/declared/attempt.ts';
import { forgetting } from '../../mutants/operators.ts';
import { type Bench, changed, deciding, type Mutant } from './server.ts';

/** For each check of the operation: it is skipped, answers another code, forgets its refusal, or is skipped on one path. */
export function checkMutants(bench: Bench): readonly Mutant[] {
  const { declared, correct, made } = bench;
  const faults = declaredFaults(declared);
  const dialect = makeDefaultDialect(declaredOperation(declared));
  return declared.declaration.checks.flatMap((check) => {
    const key = checkKey(check);
    const own = faults.filter((one) => one.check === key && one.needs === undefined && bench.has(one.id));
    // A fault that two checks may find shows neither of them.
    const fault = own.find((one) => one.expect(dialect).codes.length === 1) ?? own[0];
    const isOpen = fault?.expect(dialect).anyRefusal === true;
    const killer = check.state === undefined ? fault?.id : `state/${slug(check.state)}`;
    const found = made.byCheck.get(key);
    if (killer === undefined || found === undefined) return [];
    const fullKiller = check.state === undefined ? `full/${killer.replace('/', '-')}` : `${killer}/full`;
    const name = slug(key);
    const what = key.replace(':', ' ');
    const another = otherCode(check, bench);
    // The token is one decision with several states: it is broken elsewhere, claim by claim.
    const isClaim = check.state !== undefined && found.decision === 'token';
    return changed({
      ...(!isClaim && { [`skip/${name}: does not check: ${what} -> ${killer}`]: skipped(bench, found) }),
      ...(!isOpen && {
        [`code/${name}: answers ${another} for: ${what} -> ${killer}`]: {
          codes: { ...correct.codes, [found.refusal]: another },
        },
      }),
      ...(!isClaim && {
        [`full/${name}: does not check ${what} in a request with every optional field -> ${fullKiller}`]: skipped(
          bench,
          found,
          isFull(bench),
        ),
      }),
      [`once/${name}: refuses only once: ${what} -> ${killer}/again`]: skipped(bench, found, again()),
    });
  });
}

type Found = NonNullable<ReturnType<Bench['made']['byCheck']['get']>>;

/** A request with at least three optional fields. */
function isFull({ declared }: Bench): (attempt: DeclaredAttempt) => boolean {
  const optional = leaves(declared)
    .filter((field) => !field.always && field.facts.guess !== true && hasUsualValue(field))
    .map(({ name }) => name);
  const most = Math.min(3, optional.length);
  return ({ values }) => most > 0 && optional.filter((name) => values.has(name)).length >= most;
}

function skipped(
  { correct }: Bench,
  { decision, refusal }: Found,
  when: (attempt: DeclaredAttempt) => boolean = () => true,
): Partial<DeclaredBehaviour> {
  const isSkipped = (attempt: DeclaredAttempt, found: string): boolean => found === refusal && when(attempt);
  if (decision === 'binds') {
    return { bindDecisions: correct.bindDecisions.map((decide) => forgetting(decide, isSkipped)) };
  }
  const own = correct.decisions[decision];
  return own === undefined ? { effect: () => undefined } : deciding(correct, decision, forgetting(own, isSkipped));
}

/** Makes a function that is true from a user's second request on: a check that passes then may have a cache. */
export function again(): (attempt: SharedAttempt) => boolean {
  const seen = new Set<string>();
  return ({ authorization = '' }) => {
    const isAgain = seen.has(authorization);
    seen.add(authorization);
    return isAgain;
  };
}

/** Another documented code: the next one of the page. */
function otherCode({ code }: DeclaredCheck, { declared }: Bench): number {
  const codes = declared.codes.map((one) => one.code).filter((one) => one !== 200);
  const permissions = [5041, 5327, 5358];
  const others = codes.filter((one) => one !== code && !(permissions.includes(one) && permissions.includes(code)));
  return others[codes.indexOf(code) % Math.max(1, others.length)] ?? 5999;
}
