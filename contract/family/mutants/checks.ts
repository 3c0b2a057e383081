import { declaredFaults } from '../../../generators/family/declared/faults.ts';
import { hasUsualValue } from '../../../generators/family/declared/request.ts';
import { makeDefaultDialect } from '../../../spec/dialect.ts';
import type { DeclaredCheck } from '../../../spec/family/declared/model.ts';
import { checkKey, leaves } from '../../../spec/family/declared/model.ts';
import { declaredOperation } from '../../../spec/family/declared/operation.ts';
import { slug } from '../../../spec/family/declared/rules.ts';
import type { DeclaredAttempt, DeclaredBehaviour } from '../../../spec/family/reference/declared/attempt.ts';
import type { Bench, Mutant } from './server.ts';
import { changed, deciding } from './server.ts';

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
      ...(!isOpen && {
        [`code/${name}: answers ${another} for: ${what} -> ${killer}`]: {
          codes: { ...correct.codes, [found.refusal]: another },
        },
      }),
      ...(!isClaim && {
        [`skip/${name}: does not check: ${what} -> ${killer}`]: skipped(bench, found),
        [`full/${name}: does not check ${what} in a request with every optional field -> ${fullKiller}`]: skipped(
          bench,
          found,
          isFull(bench),
        ),
      }),
      [`once/${name}: refuses only once: ${what} -> ${killer}/again`]: refusedOnce(bench, found),
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
  bench: Bench,
  { decision, refusal }: Found,
  when: (attempt: DeclaredAttempt) => boolean = () => true,
): Partial<DeclaredBehaviour> {
  const { correct } = bench;
  if (decision === 'binds') {
    return {
      bindDecisions: correct.bindDecisions.map((decide): typeof decide => (attempt, bindings) => {
        const found = decide(attempt, bindings);
        return found === refusal && when(attempt) ? undefined : found;
      }),
    };
  }
  const own = correct.decisions[decision];
  if (own === undefined) return { effect: () => undefined };
  return deciding(correct, decision, (attempt, world) => {
    const found = own(attempt, world);
    return found === refusal && when(attempt) ? undefined : found;
  });
}

/** A check that a user passes at the second attempt, for example because of a cache. */
function refusedOnce(bench: Bench, found: Found): Partial<DeclaredBehaviour> {
  const seen = new Set<string>();
  return skipped(bench, found, ({ authorization = '' }) => {
    const isSecond = seen.has(authorization);
    seen.add(authorization);
    return isSecond;
  });
}

/** Another documented code: the next one of the page. */
function otherCode({ code }: DeclaredCheck, { declared }: Bench): number {
  const codes = declared.codes.map((one) => one.code).filter((one) => one !== 200);
  const permissions = [5041, 5327, 5358];
  const others = codes.filter((one) => one !== code && !(permissions.includes(one) && permissions.includes(code)));
  return others[codes.indexOf(code) % Math.max(1, others.length)] ?? 5999;
}
