import { setTimeout as pause } from 'node:timers/promises';
import type { ServedRequest, ServedResponse, Wire, WireAnswer } from '../../../spec/http.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Behaviour } from '../../../spec/pure-bt/reference/decision.ts';
import { makeMutants } from '../../mutants/mutant.ts';
import { bodyText, delaying, oneAtATime, readCode, readTextField, requestHeader } from '../../mutants/operators.ts';
import { changed, changedBy, type Difference, type Mutant, type Path, paths, refusal } from './server.ts';

/** Milliseconds between a check and the bind: on a busy machine, requests sent at once arrive over some milliseconds. */
const gapMs = 10;

/** Several requests at once: a check must still hold when the bind is recorded. */
export const raceMutants: readonly Mutant[] = [
  ...makeMutants(recordLate, {
    'race/gap: binds a few milliseconds after the check -> race/identical race/distinct race/two-users-single': () =>
      true,
    'race/gap-single: binds a little after the check in binding mode single -> race/two-users-single': paths.single,
    'race/gap-encrypted: binds a little after the check if the bindingCode is encrypted -> race/encrypted':
      paths.encrypted,
    'race/gap-unknown: records an unknown device a little after the check -> race/unknown-device': ({ device }) =>
      device === undefined,
  }),
  ...makeMutants(withLateRecord, {
    'race/gap-alternate: releases the holder at once but binds a little later -> race/two-users-alternate': (
      attempt,
      bindings,
    ) => {
      if (paths.alternate(attempt)) bindings.clear();
      setTimeout(() => bindings.set(attempt.user?.uid ?? '', attempt.newSecret ?? ''), gapMs);
    },
  }),
  ...makeMutants(
    (key: (request: ServedRequest) => string) => ({
      ...recordLate(() => true),
      wire: oneAtATime(key, refusal(5049), gapMs * 2),
    }),
    {
      'race/identical-alone: handles only requests with the same bytes one at a time -> race/distinct': bodyText,
      'race/each-user-alone: handles the requests of each user one at a time, but not those of two users -> race/two-users-single':
        (request) => requestHeader(request, 'authorization'),
    },
  ),
  ...changed({
    'race/nobody-wins: rejects all of several requests at once -> race/identical race/distinct': (handle) => {
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
    'race/request-in-one-place: stores the current request where the next one overwrites it -> race/good-beside-forged':
      (handle) => {
        let underWay = new Uint8Array();
        return async (request) => {
          underWay = new Uint8Array(request.body);
          await pause(1);
          return handle({ ...request, body: underWay });
        };
      },
  }),
  ...changedBy(afterLostRace, {
    // A code that is not in the document would be a reading: the server is busy with the device.
    'race/loser-5032: answers 5032 if another request was faster -> race/identical': () => refusal(5032),
    'race/loser-hangs: never answers if another request was faster -> race/distinct': () => 'hangs',
  }),
];

/** Records the bind after a delay, on some paths; the answer waits for it. */
function recordLate(path: Path): Difference {
  return withLateRecord((attempt, bindings) => {
    if (path(attempt)) setTimeout(() => correct.record(attempt, bindings), gapMs);
    else correct.record(attempt, bindings);
  });
}

/** Delays the answer until the bind is recorded. */
function withLateRecord(record: Behaviour['record']): Difference {
  return { override: { record }, wire: delaying(() => gapMs * 2) };
}

/** Changes the answer to a request for a device that was just bound by another request. */
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
