import { addDevice, ordinaryDevice } from '../../../spec/family/reference/world.ts';
import type { ServedRequest, ServedResponse, Wire } from '../../../spec/http.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Behaviour, Decision, DecisionName } from '../../../spec/pure-bt/reference/decision.ts';
import { bodyText, locking, readCode, readTextField, repeating, requestHeader } from '../../mutants/operators.ts';
import { changed, changedBy, type Mutant, refusal } from './server.ts';

/** Several requests, one after the other. */
export const sequenceMutants: readonly Mutant[] = [
  // A refusal changes nothing: the same device binds right afterwards, whatever was sent before.
  ...changedBy(boundAnyway, {
    'trace/bound-by-signature-matches: rejects a wrong signature but binds the device -> trace/signature-middle-digit':
      'signatureMatches',
    'trace/bound-by-new-secret-readable: rejects an unreadable new bindingSecret but binds the device -> trace/new-secret-bad-padding':
      'newSecretReadable',
    'trace/bound-by-old-secret-readable: rejects an unreadable old bindingSecret but binds the device -> trace/old-secret-bad-padding':
      'oldSecretReadable',
    'trace/bound-by-encrypted-binding-code-readable: rejects an unreadable bindingCode but binds the device -> trace/encrypted-code-bad-padding':
      'encryptedBindingCodeReadable',
    'trace/bound-by-binding-code-format: rejects a malformed bindingCode but binds the device -> trace/code-lower-case':
      'bindingCodeFormat',
    'trace/bound-by-device-name-format: rejects a long deviceName but binds the device -> trace/name-too-long':
      'deviceNameFormat',
    'trace/bound-by-pwd-format: rejects a malformed pwd but binds the device -> trace/pwd-malformed': 'pwdFormat',
    'trace/bound-by-random-format: rejects a malformed random but binds the device -> trace/random-too-short':
      'randomFormat',
    "trace/bound-by-home-is-own: rejects another user's home but binds the device -> foreign-home/of-somebody-else":
      'homeIsOwn',
  }),
  ...changed({
    'trace/locked-after-one-wrong-signature: locks a device after a wrong signature -> trace/signature-middle-digit':
      lockedAfter([5420]),
    'trace/locked-after-many-wrong-signatures: locks a device after sixty wrong signatures -> tamper/every-signature-digit':
      lockedAfter([5420], 60),
    'trace/locked-after-wrong-code: locks a device after a wrong bindingCode -> trace/code-too-short': lockedAfter([
      5213, 5460,
    ]),
    'trace/locked-after-unreadable-secret: locks a device after an unreadable bindingSecret -> trace/new-secret-wrong-key trace/random-changed':
      lockedAfter([5459]),
    'trace/user-locked: locks out a user after a bad token -> trace/token-tampered-signature': locking(
      (request) => requestHeader(request, 'authorization').split('.')[1] ?? '',
      (answer) => readCode(answer) === 5032,
      refusal(5032),
    ),
    'trace/device-tied-to-a-request: rejects a second random for a device as an attack -> trace/name-too-long trace/signature-absent':
      (handle) => {
        const first = new Map<string, string>();
        return (request) => {
          const [dk, random] = [readTextField(request, 'dk'), readTextField(request, 'random')];
          if ((first.get(dk) ?? random) !== random) return refusal(5459);
          first.set(dk, random);
          return handle(request);
        };
      },
    'trace/parser-stuck: cannot read the next request after an unreadable one -> robustness/truncated': (handle) => {
      let stuck = false;
      return (request) => {
        const answer = stuck ? refusal(5000, 400) : handle(request);
        stuck = !stuck && answer.httpStatus >= 400;
        return answer;
      };
    },
    'trace/bytes-left-over: adds the rest of a truncated body to the next one -> robustness/truncated': (handle) => {
      let left = '';
      return (request) => {
        const answer = handle({ ...request, body: Buffer.from(left + bodyText(request)) });
        left = answer.httpStatus === 400 && !bodyText(request).endsWith('}') ? bodyText(request) : '';
        return answer;
      };
    },
    'trace/prototype-polluted: lets one body set a default for all later bodies -> robustness/proto': (handle) => {
      let isPolluted = false;
      return (request) => {
        const answer = handle(isPolluted ? withFid(request) : request);
        isPolluted ||= bodyText(request).includes('"__proto__"');
        return answer;
      };
    },
    // One request twice: no nonce and no time is signed, so only the records can show it.
    'replay/same-bytes: repeats its answer to a request that it has seen -> replay/same-request': repeating(bodyText),
    'replay/signature: repeats its answer to a signature that it has seen -> already-bound/second-request': repeating(
      (request) => readTextField(request, 'signature'),
    ),
    'replay/device: repeats its last answer for a device -> trace/signature-middle-digit two-users/single': repeating(
      (request) => readTextField(request, 'dk'),
    ),
    'replay/answers-of-others: sends the answer of the previous request -> already-bound/second-request trace/dk-too-short':
      (handle) => {
        let before: ReturnType<typeof handle> | undefined;
        return (request) => {
          const answer = handle(request);
          const given = before ?? answer;
          before = answer;
          return given;
        };
      },
  }),
];

function boundAnyway(name: DecisionName): Partial<Behaviour> {
  const decision: Decision = (attempt, world) => {
    const refused = correct[name](attempt, world);
    const { pk = '', dk = '' } = attempt.fields;
    if (refused === undefined) return undefined;
    const device = correct.findDevice(world, pk, dk) ?? addDevice(world, ordinaryDevice(pk, dk, undefined));
    correct.record({ ...attempt, newSecret: 'unknown' }, correct.findBindings(device, attempt.user?.domain ?? ''));
    return refused;
  };
  return { [name]: decision };
}

function lockedAfter(codes: readonly number[], times = 1): Wire {
  const locks = (answer: ServedResponse): boolean => codes.includes(readCode(answer));
  return locking((request) => readTextField(request, 'dk'), locks, refusal(5000), times);
}

function withFid(request: ServedRequest): ServedRequest {
  const body = { fid: 'f0', ...(JSON.parse(bodyText(request)) as object) };
  return { ...request, body: Buffer.from(JSON.stringify(body)) };
}
