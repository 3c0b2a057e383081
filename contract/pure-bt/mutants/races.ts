import { setTimeout as pause } from 'node:timers/promises';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Attempt } from '../../../spec/pure-bt/reference/decision.ts';
import type { ServedRequest } from '../../../spec/pure-bt/reference/reference.ts';
import type { Wire, WireAnswer } from '../../../spec/pure-bt/reference/wire.ts';
import type { Difference, Mutant } from '../../mutants/mutant.ts';
import { bodyOf, codeOf, delaying, fieldOf, headerOf, refusal } from '../../mutants/wires.ts';
import { paths } from './paths.ts';

/** Between a check and what it allowed, in milliseconds. */
const gapMs = 3;

/** Several requests at once: what is checked must still hold when it is put on record. */
export const raceMutants: readonly Mutant[] = [
  {
    id: 'race/gap',
    breaks: 'binds a few milliseconds after it has checked',
    killedBy: ['race/identical', 'race/distinct', 'race/two-users-single'],
    ...gap(() => true),
  },
  {
    id: 'race/gap-single',
    breaks: 'binds a little later in binding mode single',
    killedBy: ['race/two-users-single'],
    ...gap(paths.single),
  },
  {
    id: 'race/gap-encrypted',
    breaks: 'binds a little later beside an encrypted bindingCode',
    killedBy: ['race/encrypted'],
    ...gap(paths.encrypted),
  },
  {
    id: 'race/gap-unknown',
    breaks: 'puts a device that nobody knows on record a little later',
    killedBy: ['race/unknown-device'],
    ...gap(({ device }) => device === undefined),
  },
  {
    id: 'race/gap-alternate',
    breaks: 'releases the holder at once and binds a little later',
    killedBy: ['race/two-users-alternate'],
    override: {
      record: (attempt, bindings) => {
        if (paths.alternate(attempt)) bindings.clear();
        setTimeout(() => bindings.set(attempt.user?.uid ?? '', attempt.newSecret ?? ''), gapMs);
      },
    },
    wire: delaying(() => gapMs * 2),
  },
  {
    id: 'race/identical-alone',
    breaks: 'holds back requests of the same bytes alone',
    killedBy: ['race/distinct'],
    ...gap(() => true),
    wire: oneAtATime(bodyOf),
  },
  {
    id: 'race/each-user-alone',
    breaks: 'holds back the requests of one user, not those of two',
    killedBy: ['race/two-users-single'],
    ...gap(() => true),
    wire: oneAtATime((request) => headerOf(request, 'authorization')),
  },
  {
    id: 'race/nobody-wins',
    breaks: 'refuses all of several requests at once',
    killedBy: ['race/identical', 'race/distinct'],
    wire: (handle) => {
      const underWay = new Map<string, number>();
      return async (request) => {
        const dk = fieldOf(request, 'dk');
        underWay.set(dk, (underWay.get(dk) ?? 0) + 1);
        await pause(gapMs);
        const several = (underWay.get(dk) ?? 0) > 1;
        setTimeout(() => underWay.delete(dk), gapMs);
        return several ? refusal(5049) : handle(request);
      };
    },
  },
  {
    id: 'race/loser-5000',
    breaks: 'answers 5000 where another request was faster',
    killedBy: ['race/identical'],
    wire: (handle) => afterOthers(handle, () => refusal(5000)),
  },
  {
    id: 'race/loser-hangs',
    breaks: 'never answers where another request was faster',
    killedBy: ['race/distinct'],
    wire: (handle) => afterOthers(handle, () => 'hangs'),
  },
  {
    id: 'race/loser-told-5049',
    breaks: "answers 5049 for another user's device where that user was faster",
    killedBy: ['race/two-users-single'],
    wire: (handle) => {
      return afterOthers(handle, (answer) => (codeOf(answer) === 5412 ? refusal(5049) : answer));
    },
  },
  {
    id: 'race/request-in-one-place',
    breaks: 'keeps the request under way where the next one overwrites it',
    killedBy: ['race/good-beside-forged'],
    wire: (handle) => {
      let underWay = new Uint8Array();
      return async (request) => {
        underWay = new Uint8Array(request.body);
        await pause(1);
        return handle({ ...request, body: underWay });
      };
    },
  },
];

/** The record is made after the check, on some paths; the answer waits for it. */
function gap(path: (attempt: Attempt) => boolean): Difference {
  return {
    override: {
      record: (attempt, bindings) => {
        if (path(attempt)) setTimeout(() => correct.record(attempt, bindings), gapMs);
        else correct.record(attempt, bindings);
      },
    },
    wire: delaying(() => gapMs * 2),
  };
}

/** Of requests that are the same in some way, one is let through at a time. */
function oneAtATime(key: (request: ServedRequest) => string): Wire {
  return (handle) => {
    const underWay = new Set<string>();
    return async (request) => {
      const same = key(request);
      if (underWay.has(same)) return refusal(5049);
      underWay.add(same);
      const answer = handle(request);
      await pause(gapMs * 2);
      underWay.delete(same);
      return answer;
    };
  };
}

/** What becomes of requests for a device that another has just bound. */
function afterOthers(
  handle: Parameters<Wire>[0],
  then: (answer: ReturnType<typeof handle>) => WireAnswer,
): ReturnType<Wire> {
  const justBound = new Set<string>();
  return (request) => {
    const dk = fieldOf(request, 'dk');
    const answer = handle(request);
    if (justBound.has(dk)) return then(answer);
    if (codeOf(answer) === 200) {
      justBound.add(dk);
      setTimeout(() => justBound.delete(dk), gapMs);
    }
    return answer;
  };
}
