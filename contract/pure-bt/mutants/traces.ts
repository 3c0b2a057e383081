import type { Behaviour, DecisionName } from '../../../spec/pure-bt/reference/behaviour.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { ServedRequest } from '../../../spec/pure-bt/reference/reference.ts';
import { addDevice, ordinaryDevice } from '../../../spec/pure-bt/reference/world.ts';
import type { Mutant } from '../../mutants/mutant.ts';
import { bodyOf, codeOf, fieldOf, headerOf, refusal } from '../../mutants/wires.ts';
import { kebab } from './paths.ts';

/** A refusal leaves no trace: the same device binds right afterwards, whatever was sent before. */
export const traceMutants: readonly Mutant[] = [
  boundAnyway('signatureMatches', 'a wrong signature', 'trace/signature-middle-digit'),
  boundAnyway('newSecretReadable', 'an unreadable new bindingSecret', 'trace/new-secret-bad-padding'),
  boundAnyway('oldSecretReadable', 'an unreadable old bindingSecret', 'trace/old-secret-bad-padding'),
  boundAnyway('encryptedBindingCodeReadable', 'an unreadable bindingCode', 'trace/encrypted-code-bad-padding'),
  boundAnyway('bindingCodeFormat', 'a malformed bindingCode', 'trace/code-lower-case'),
  boundAnyway('deviceNameFormat', 'a long deviceName', 'trace/name-too-long'),
  boundAnyway('pwdFormat', 'a malformed pwd', 'trace/pwd-malformed'),
  boundAnyway('randomFormat', 'a malformed random', 'trace/random-too-short'),
  boundAnyway('homeIsOwn', "somebody else's home", 'foreign-home/of-somebody-else'),
  lockedAfter('one-wrong-signature', 'a wrong signature', 1, [5420], 'trace/signature-middle-digit'),
  lockedAfter('many-wrong-signatures', 'sixty wrong signatures', 60, [5420], 'tamper/every-signature-digit'),
  lockedAfter('wrong-code', 'a wrong bindingCode', 1, [5213, 5460], 'trace/code-too-short'),
  lockedAfter(
    'unreadable-secret',
    'a bindingSecret it cannot read',
    1,
    [5459],
    'trace/new-secret-wrong-key',
    'trace/random-changed',
  ),
  {
    id: 'trace/user-locked',
    breaks: 'locks a user out after a bad token',
    killedBy: ['trace/token-tampered-signature'],
    wire: (handle) => {
      const locked = new Set<string>();
      return (request) => {
        const user = headerOf(request, 'authorization').split('.')[1] ?? '';
        if (locked.has(user)) return refusal(5032);
        const answer = handle(request);
        if (codeOf(answer) === 5032) locked.add(user);
        return answer;
      };
    },
  },
  {
    id: 'trace/device-tied-to-a-request',
    breaks: 'takes a second random for a device for an attack',
    killedBy: ['trace/name-too-long', 'trace/signature-absent'],
    wire: (handle) => {
      const first = new Map<string, string>();
      return (request) => {
        const dk = fieldOf(request, 'dk');
        const random = fieldOf(request, 'random');
        if ((first.get(dk) ?? random) !== random) return refusal(5459);
        first.set(dk, random);
        return handle(request);
      };
    },
  },
  {
    id: 'trace/parser-stuck',
    breaks: 'cannot read the request after one that it could not read',
    killedBy: ['robustness/truncated'],
    wire: (handle) => {
      let stuck = false;
      return (request) => {
        const answer = stuck ? refusal(5000, 400) : handle(request);
        stuck = !stuck && answer.httpStatus >= 400;
        return answer;
      };
    },
  },
  {
    id: 'trace/bytes-left-over',
    breaks: 'puts what was left of a cut body in front of the next one',
    killedBy: ['robustness/truncated'],
    wire: (handle) => {
      let left = '';
      return (request) => {
        const answer = handle({ ...request, body: Buffer.from(left + bodyOf(request)) });
        left = answer.httpStatus === 400 && !bodyOf(request).endsWith('}') ? bodyOf(request) : '';
        return answer;
      };
    },
  },
  {
    id: 'trace/prototype-polluted',
    breaks: 'lets one body set a default for all later ones',
    killedBy: ['robustness/proto'],
    wire: (handle) => {
      let pollution: object = {};
      return (request) => {
        const answer = handle(withDefaults(request, pollution));
        if (bodyOf(request).includes('"__proto__"')) pollution = { fid: 'f0' };
        return answer;
      };
    },
  },
];

/** The bind is put on record although a decision refuses. */
function boundAnyway(name: DecisionName, what: string, killedBy: string): Mutant {
  const override: Partial<Behaviour> = {
    [name]: ((attempt, world) => {
      const refused = correct[name](attempt, world);
      const { pk = '', dk = '' } = attempt.fields;
      if (refused === undefined) return undefined;
      const device = correct.findDevice(world, pk, dk) ?? addDevice(world, ordinaryDevice(pk, dk, undefined));
      correct.record({ ...attempt, newSecret: 'unknown' }, correct.bindingsOf(device, attempt.user?.domain ?? ''));
      return refused;
    }) satisfies Behaviour[DecisionName],
  };
  return {
    id: `trace/bound-by-${kebab(name)}`,
    breaks: `binds although it refuses ${what}`,
    killedBy: [killedBy],
    override,
  };
}

function lockedAfter(
  name: string,
  what: string,
  times: number,
  codes: readonly number[],
  ...killedBy: Mutant['killedBy']
): Mutant {
  return {
    id: `trace/locked-after-${name}`,
    breaks: `locks a device after ${what}`,
    killedBy,
    wire: (handle) => {
      const refused = new Map<string, number>();
      return (request) => {
        const dk = fieldOf(request, 'dk');
        if ((refused.get(dk) ?? 0) >= times) return refusal(5000);
        const answer = handle(request);
        if (codes.includes(codeOf(answer))) refused.set(dk, (refused.get(dk) ?? 0) + 1);
        return answer;
      };
    },
  };
}

function withDefaults(request: ServedRequest, defaults: object): ServedRequest {
  if (Object.keys(defaults).length === 0) return request;
  const body = { ...defaults, ...(JSON.parse(bodyOf(request)) as object) };
  return { ...request, body: Buffer.from(JSON.stringify(body)) };
}
