import { setTimeout as pause } from 'node:timers/promises';
import type { ServedRequest, ServedResponse, Wire, WireAnswer } from '../../../spec/http.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Behaviour } from '../../../spec/pure-bt/reference/decision.ts';
import { makeMutants } from '../../mutants/mutant.ts';
import { bodyText, delaying, readTextField, requestHeader } from '../../mutants/operators.ts';
import type { Difference, Mutant, Path } from './server.ts';
import { paths, readCode, refusal, wired, wiredBy } from './server.ts';

/** Between a check and what it allowed, in milliseconds: on a busy machine, requests sent at once arrive over some. */
const gapMs = 10;

/** Several requests at once: what is checked must still hold when it is put on record. */
export const raceMutants: readonly Mutant[] = [
  ...makeMutants(recordLate, {
    'race/gap: binds a few milliseconds after it has checked -> race/identical race/distinct race/two-users-single':
      () => true,
    'race/gap-single: binds a little later in binding mode single -> race/two-users-single': paths.single,
    'race/gap-encrypted: binds a little later beside an encrypted bindingCode -> race/encrypted': paths.encrypted,
    'race/gap-unknown: puts a device that nobody knows on record a little later -> race/unknown-device': ({ device }) =>
      device === undefined,
  }),
  ...makeMutants(withLateRecord, {
    'race/gap-alternate: releases the holder at once and binds a little later -> race/two-users-alternate': (
      attempt,
      bindings,
    ) => {
      if (paths.alternate(attempt)) bindings.clear();
      setTimeout(() => bindings.set(attempt.user?.uid ?? '', attempt.newSecret ?? ''), gapMs);
    },
  }),
  ...makeMutants((key: (request: ServedRequest) => string) => ({ ...recordLate(() => true), wire: oneAtATime(key) }), {
    'race/identical-alone: holds back requests of the same bytes alone -> race/distinct': bodyText,
    'race/each-user-alone: holds back the requests of one user, not those of two -> race/two-users-single': (request) =>
      requestHeader(request, 'authorization'),
  }),
  ...wired({
    'race/nobody-wins: refuses all of several requests at once -> race/identical race/distinct': (handle) => {
      const underWay = new Map<string, number>();
      return async (request) => {
        const dk = readTextField(request, 'dk');
        underWay.set(dk, (underWay.get(dk) ?? 0) + 1);
        await pause(gapMs);
        const several = (underWay.get(dk) ?? 0) > 1;
        setTimeout(() => underWay.delete(dk), gapMs);
        return several ? refusal(5049) : handle(request);
      };
    },
    'race/request-in-one-place: keeps the request under way where the next one overwrites it -> race/good-beside-forged':
      (handle) => {
        let underWay = new Uint8Array();
        return async (request) => {
          underWay = new Uint8Array(request.body);
          await pause(1);
          return handle({ ...request, body: underWay });
        };
      },
  }),
  ...wiredBy(afterLostRace, {
    // A code that the document has not would be a reading: such a server is busy with the device.
    'race/loser-5032: answers 5032 where another request was faster -> race/identical': () => refusal(5032),
    'race/loser-hangs: never answers where another request was faster -> race/distinct': () => 'hangs',
    "race/loser-told-5049: answers 5049 for another user's device where that user was faster -> race/two-users-single":
      (answer) => (readCode(answer) === 5412 ? refusal(5049) : answer),
  }),
];

/** The record is made after the check, on some paths; the answer waits for it. */
function recordLate(path: Path): Difference {
  return withLateRecord((attempt, bindings) => {
    if (path(attempt)) setTimeout(() => correct.record(attempt, bindings), gapMs);
    else correct.record(attempt, bindings);
  });
}

/** The answer waits for the record. */
function withLateRecord(record: Behaviour['record']): Difference {
  return { override: { record }, wire: delaying(() => gapMs * 2) };
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
function afterLostRace(then: (answer: ServedResponse) => WireAnswer): Wire {
  return (handle) => {
    const justBound = new Set<string>();
    return (request) => {
      const dk = readTextField(request, 'dk');
      const answer = handle(request);
      if (justBound.has(dk)) return then(answer);
      if (readCode(answer) === 200) {
        justBound.add(dk);
        setTimeout(() => justBound.delete(dk), gapMs);
      }
      return answer;
    };
  };
}
