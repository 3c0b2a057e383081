import { faults, faultsNamed } from '../../../generators/pure-bt/faults/all-faults.ts';
import { type Fault, field } from '../../../generators/pure-bt/faults/fault.ts';
import type { Change } from '../../../generators/pure-bt/request.ts';
import { encryptedCode, inHome, notCommon, withOldSecret, withPwd } from '../../../generators/pure-bt/valid-forms.ts';
import { definedOnly } from '../../../spec/defined-only.ts';
import { binds, mayBind } from '../../../spec/expectation.ts';
import type { StateName } from '../../../spec/family/states.ts';
import { expectedOutcomes } from '../expected-outcomes.ts';
import { type Case, devices, named, send, tested, unlessBound, whateverIsBound } from './steps.ts';

/** A path through the server where a check may be missing: a form of the request, in a state. */
type Path = readonly [name: string, title: string, given: StateName, ...changes: readonly Change[]];

const paths: readonly Path[] = [
  ['encrypted', 'with an encrypted code', devices.ready, encryptedCode],
  ['home', 'in a home', devices.readyInHome, inHome],
  ['not-common', 'in a home, not in the common-device list', devices.readyInHome, inHome, notCommon],
  ['flag-false', 'with isCommonDevice false', devices.ready, notCommon],
  ['single', 'in binding mode single', devices.twoUsersSingle],
  ['multi', 'from a second user', devices.heldMulti],
  ['old-secret', 'with the correct old secret', devices.heldMulti, withOldSecret],
  ['alternate', 'in binding mode alternate', devices.heldAlternate, withOldSecret],
];

const oldSecretPaths: readonly Path[] = [
  ['alternate', 'in binding mode alternate', devices.heldAlternate],
  ['alternate-encrypted', 'alternate and encrypted', devices.heldAlternate, encryptedCode],
  ['multi-encrypted', 'with an encrypted code', devices.heldMulti, encryptedCode],
  ['multi-flag-false', 'with isCommonDevice false', devices.heldMulti, notCommon, field('deviceName', () => 'Scale')],
  ['multi-pwd', 'with a pwd', devices.heldMulti, withPwd],
];

/** Every optional field that needs nothing else. */
const full: Path = ['full', 'with every optional field', devices.ready, ...named, field('isCommonDevice', () => true)];

/** Faults without a documented code: any refusal is correct. */
const answeredAnyhow = [
  'signature/middle-digit',
  'signature/absent',
  'new-secret/bad-padding',
  'new-secret/other-dk',
  'random/changed',
];

/** One fault for each check that every path must have. */
const everywhere = [
  'token/tampered-expiry',
  'dk/too-short',
  'dk/too-long',
  'name/too-long',
  'pwd/malformed',
  ...answeredAnyhow,
];

/** The same faults on every path: an attacker can use a path that skips a check. */
export const pathCases: readonly Case[] = [
  ...onPaths(paths, everywhere),
  ...onPaths(paths.slice(1), ['code/lower-case', 'code/absent']),
  // A device without a password may refuse a pwd, so only faults that any refusal answers are tried with a pwd.
  ...onPaths([['pwd', 'with a pwd', devices.ready, withPwd]], answeredAnyhow),
  // Faults of the old secret, in the states where the old secret decides about the holder.
  ...onPaths(oldSecretPaths, ['old-secret/wrong']),
  ...onPaths(oldSecretPaths, ['old-secret/other-dk']),
  ...onPaths(oldSecretPaths, ['old-secret/other-end']),
  ...onPaths(oldSecretPaths, ['old-secret/bad-padding']),
];

/** Faults in a request with every optional field. */
export const fullPathCases: readonly Case[] = onPaths(
  [full],
  ['token/tampered-expiry', 'dk/too-short', 'signature/middle-digit', 'new-secret/other-dk'],
);

/**
 * One case for each named fault: only this fault, in a state where nothing else prevents the bind.
 * Faults that need the platform's private key are tested by the states that return such tokens.
 */
export const faultCases: readonly Case[] = faults.filter(({ needs }) => needs !== 'signingKeyPem').map(singleFaultCase);

/**
 * Faults of dk and bindingCode again, in the state where every device binds: in other states a server may look for the
 * device's record, or compare its code, before it checks the format.
 */
export const freshDeviceCases: readonly Case[] = faults
  .filter(({ names, breaks }) => names !== undefined && breaks !== 'pk')
  .concat(faults.filter(({ names, breaks }) => names === undefined && /bindingCode/i.test(breaks)))
  .map((fault) => onPath(fault, 'fresh-device', ['', 'for a device without a record', devices.any], fault.title));

/** A refusal changes nothing: after every fault the same device binds with a correct request. */
export const traceCases: readonly Case[] = faults
  .filter(({ needs }) => needs === undefined)
  .map((fault) => {
    const refused = singleFaultCase(fault);
    return {
      ...refused,
      id: `trace/${fault.id.replace('/', '-')}`,
      code: 200,
      title: `binds after it rejected ${fault.title}`,
      rule: 'no-trace',
      steps: [...refused.steps, send('a correct request for the same device', goodForm(fault), expectedAfter(fault))],
    };
  });

function onPaths(ways: readonly Path[], ids: readonly string[]): readonly Case[] {
  const tried = faultsNamed(...ids);
  return ways.flatMap((path) => tried.map((fault) => onPath(fault, `path/${path[0]}`, path)));
}

function singleFaultCase(fault: Fault): Case {
  const { id, title, state = devices.ready, breaks, needs } = fault;
  const oldSecret = breaks === 'encryptedOldBindingSecret';
  const step = send(title, fault.changes, expectedOutcomes(fault, { given: state, oldSecret }));
  return tested(id, `rejects ${title}`, fault.rule, [step], { ...about(fault, state), ...definedOnly({ needs }) });
}

/** A fault on a path; `what` names the request, or the title if it is not given. */
function onPath(fault: Fault, group: string, [, way, given, ...changes]: Path, what?: string): Case {
  const title = `${fault.title}, ${way}`;
  const expect = expectedOutcomes(fault, { given, oldSecret: changes.includes(withOldSecret) });
  const step = send(what ?? title, [...changes, ...fault.changes], expect);
  return tested(`${group}/${fault.id.replace('/', '-')}`, `rejects ${title}`, fault.rule, [step], about(fault, given));
}

/** A fault without a documented code belongs to code 200: it tests what success requires. */
function about({ expect, unless }: Fault, given: StateName): Pick<Case, 'code' | 'given' | 'unless'> {
  return definedOnly({ code: expect.codes[0] ?? 200, given, unless });
}

/** If another reading accepts the fault, the device may be bound already. */
function expectedAfter({ expect, names }: Fault): Parameters<typeof send>[2] {
  if (!mayBind(expect)) return binds;
  return names === 'another device' ? whateverIsBound : unlessBound;
}

/** After a bad ciphertext the good one is sent: the server must not have stored the bad one. */
function goodForm({ breaks }: Fault): readonly Change[] {
  if (breaks === 'encryptedBindingCode') return [encryptedCode];
  return breaks === 'encryptedOldBindingSecret' ? [withOldSecret] : [];
}
