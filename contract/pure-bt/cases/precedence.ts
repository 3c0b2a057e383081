import { faultsNamed } from '../../../generators/pure-bt/faults/all-faults.ts';
import type { Part } from '../../../generators/pure-bt/faults/fault.ts';
import type { Change } from '../../../generators/pure-bt/request.ts';
import { inFid, inHome, withOldSecret } from '../../../generators/pure-bt/valid-forms.ts';
import { eitherWay } from '../../../spec/expectation.ts';
import type { StateName } from '../../../spec/family/states.ts';
import type { Case } from './steps.ts';
import { ready, send, tested } from './steps.ts';

/** One fault of a pair: changes of the request, or a state of the server with the changes that trigger it. */
type Single = {
  readonly code: number;
  readonly name: string;
  readonly changes: readonly Change[];
  readonly part?: Part;
  readonly given: StateName;
};

/** One fault for each code that depends only on the request, and faults without a documented code. */
const requests: readonly Single[] = faultsNamed(
  'token/missing',
  'token/tampered-expiry',
  'pk/absent',
  'dk/absent',
  'dk/too-short',
  'code/absent',
  'code/lower-case',
  'name/too-long',
  'pwd/malformed',
  'signature/middle-digit',
  'new-secret/bad-padding',
).map(({ id, expect, changes, breaks }) => ({
  code: expect.codes[0] ?? 0,
  name: id,
  changes,
  part: breaks,
  given: ready,
}));

/** One state for each code that depends on the server's records. */
const situations: readonly Single[] = [
  state(5041, 'a user without permission'),
  state(5049, 'a device the user has already bound'),
  state(5052, 'a device nobody has bound', withOldSecret),
  state(5229, 'a product the user domain is not authorised for'),
  state(5314, 'a device the cloud cannot look up'),
  state(5327, 'a product the user has no permission for'),
  state(5358, 'a product that grants no permission'),
  state(5412, 'a device bound by another user, binding mode single'),
  state(5624, 'home mode off', inFid),
  state(5636, 'home mode on'),
  state(5669, 'an ordinary member of the home', inHome),
  state(5893, 'a home whose common-device list cannot be written', inHome),
  state(6040, 'a device whose sharing the user has accepted'),
  state(6083, 'a device registered in another data centre'),
];

/**
 * Which code a server answers when a request has two faults: the order of its checks. The document does not give the
 * order, so the answers are recorded and compared, never judged.
 *
 * The pairs: two faults in different parts of a request, or one fault of a request in a state.
 */
export const precedenceCases: readonly Case[] = requests.flatMap((first, at) =>
  [...requests.slice(at + 1).filter(({ part }) => part !== first.part), ...situations].map((second) => {
    const title = `${first.name} and ${second.name}`;
    // The changes of the situation come first; the fault then breaks that request.
    const step = send(title, [...second.changes, ...first.changes], eitherWay);
    return tested(`precedence/${title}`, `records which code comes first: ${title}`, 'order', [step], {
      code: first.code,
      given: second.given,
      pair: { names: [first.name, second.name], codes: [first.code, second.code] },
    });
  }),
);

function state(code: number, given: StateName, ...changes: readonly Change[]): Single {
  return { code, name: given, given, changes };
}
