import {
  checkKey,
  type Declared,
  type DeclaredCheck,
  type DeclaredField,
  fieldNamed,
  fieldThatIs,
} from '../../declared/model.ts';
import type { StateName } from '../../states.ts';
import type { SharedDecision, SharedRefusal } from '../attempt.ts';
import { sharedDecisions, sharedNeeds } from '../shared-decisions.ts';
import type { DeclaredAttempt, DeclaredBehaviour, DeclaredDecision } from './attempt.ts';

/** The states that the records of the platform can express, with the decision that refuses. All others are only marks on a user. */
const ofStates: { readonly [State in StateName]?: readonly [decision: string, refusal: SharedRefusal] } = {
  'a user without permission': ['userMayBind', 'userMayNotBind'],
  'a product the user domain is not authorised for': ['productAuthorised', 'productNotAuthorised'],
  'a product the user has no permission for': ['productIsForUser', 'productNotForUser'],
  'a product that grants no permission': ['productGrants', 'productGrantsNone'],
  'a device the cloud cannot look up': ['deviceFound', 'deviceNotFound'],
  'home mode on': ['fidFitsHomeMode', 'fidMissing'],
  'home mode off': ['fidFitsHomeMode', 'homeModeOff'],
  'an ordinary member of the home': ['roleMayBind', 'ordinaryMember'],
  'a home whose common-device list cannot be written': ['commonListWritable', 'commonListFails'],
  'a device whose sharing the user has accepted': ['sharingNotAccepted', 'sharingAccepted'],
  'a device registered in another data centre': ['dataCentreIsHere', 'otherDataCentre'],
  'an expired token': ['token', 'tokenBad'],
  'a refresh token': ['token', 'tokenBad'],
  'a token not yet valid': ['token', 'tokenBad'],
  'a token for another audience': ['token', 'tokenBad'],
};

/** The states that the stored binds express, for an operation that binds. */
const ofBinds: { readonly [State in StateName]?: SharedRefusal } = {
  'a device the user has already bound': 'alreadyBound',
  'a device bound by another user, binding mode single': 'boundByAnother',
};

/** The decisions of a server, in its order, with what each needs before it and the codes of their refusals. */
export type Decisions = Pick<DeclaredBehaviour, 'decisions' | 'order' | 'codes'> & {
  readonly needs: Readonly<Record<string, readonly string[]>>;
  /** The states that are only marks on a user. */
  readonly marks: ReadonlySet<string>;
  /** The decision that brings each check's code, by {@link checkKey}. */
  readonly byCheck: ReadonlyMap<string, { readonly decision: string; readonly refusal: string }>;
};

/** The code for a fault that the page has no code for. */
export const noCode = 5000;

/** Makes the decisions of an operation. */
export function makeDecisions(declared: Declared): Decisions {
  const { checks } = declared.declaration;
  const byCheck = new Map(checks.map((check) => [checkKey(check), chooseDecision(check, declared)]));
  const marks = new Set(
    checks.flatMap(({ state = '' }) => (byCheck.get(`state:${state}`)?.decision === `state:${state}` ? [state] : [])),
  );
  const decisions: Record<string, DeclaredDecision> = {};
  const codes: Record<string, number | undefined> = {};
  const needs: Record<string, readonly string[]> = {};
  const order: string[] = [];
  const add = (name: string, decision: DeclaredDecision, before: readonly string[]): void => {
    if (Object.hasOwn(decisions, name)) return;
    // A format that no check names is not added: it would decide before a check that the page has first.
    for (const needed of before) if (!formats.has(needed)) addShared(needed);
    decisions[name] = decision;
    needs[name] = before.filter((needed) => Object.hasOwn(decisions, needed));
    order.push(name);
  };
  // A decision from the platform's records that no check names is added if another needs it.
  const addShared = (name: string): void => {
    const decide = shared[name];
    if (decide !== undefined) add(name, decide, neededBy[name] ?? []);
  };
  // Every state lives on a user, so the user is found first.
  addShared('token');
  for (const check of checks) {
    const { decision, refusal } = byCheck.get(checkKey(check)) ?? { decision: '', refusal: '' };
    codes[refusal] ??= check.code;
    if (decision === 'binds') continue;
    addShared(decision);
    add(decision, ownDecision(check, declared, refusal), check.state === undefined ? [] : ['token']);
  }
  for (const field of declared.fields.filter(({ always, name }) => always && !byCheck.has(`absent:${name}`))) {
    if (field.place === 'path') continue;
    const name = `required:${field.name}`;
    codes[name] = noCode;
    add(name, ({ values }) => (isGiven(values.get(field.name)) ? undefined : name), []);
  }
  codes['productUnknown'] ??= codes['deviceNotFound'] ?? 5313;
  if (Object.hasOwn(decisions, 'fidFitsHomeMode')) {
    codes['foreignHome'] ??= codes['userMayNotBind'] ?? noCode;
    addShared('homeIsOwn');
  }
  return { decisions, order, needs, codes, marks, byCheck };
}

/** The decisions of the platform that look only at the request. */
const formats: ReadonlySet<string> = new Set(['pkGiven', 'dkGiven', 'dkFormat', 'deviceNameFormat']);
const shared: Readonly<Record<string, SharedDecision>> = sharedDecisions;
const neededBy: Readonly<Record<string, readonly string[]>> = sharedNeeds;

function chooseDecision(
  check: DeclaredCheck,
  declared: Declared,
): { readonly decision: string; readonly refusal: string } {
  const { token, absent, malformed, longer, state } = check;
  const key = checkKey(check);
  const is = (name: string | undefined): DeclaredField['facts']['is'] =>
    name === undefined ? undefined : fieldNamed(name, declared)?.facts.is;
  if (token !== undefined) return { decision: 'token', refusal: token === 'missing' ? 'tokenMissing' : 'tokenBad' };
  if (is(absent) === 'pk') return { decision: 'pkGiven', refusal: 'pkMissing' };
  if (is(absent) === 'dk') return { decision: 'dkGiven', refusal: 'dkMissing' };
  if (is(malformed) === 'dk') return { decision: 'dkFormat', refusal: 'dkFormat' };
  if (is(longer) === 'deviceName') return { decision: 'deviceNameFormat', refusal: 'deviceNameTooLong' };
  const [decision, refusal] = ofStates[state as StateName] ?? [];
  if (decision !== undefined && refusal !== undefined && isNamed(decision, declared)) return { decision, refusal };
  const bound = declared.declaration.effect === 'bind' ? ofBinds[state as StateName] : undefined;
  return bound === undefined ? { decision: key, refusal: key } : { decision: 'binds', refusal: bound };
}

/** Whether a request names the records that a decision and those before it look at. */
function isNamed(decision: string, declared: Declared): boolean {
  const naming: Readonly<Record<string, 'pk' | 'dk' | 'fid'>> = {
    pkGiven: 'pk',
    dkGiven: 'dk',
    fidFitsHomeMode: 'fid',
  };
  const field = naming[decision];
  return (
    (field === undefined || fieldThatIs(field, declared) !== undefined) &&
    (neededBy[decision] ?? []).every((needed) => isNamed(needed, declared))
  );
}

function ownDecision(check: DeclaredCheck, declared: Declared, refusal: string): DeclaredDecision {
  const { absent, malformed, longer, limit = 0, state } = check;
  if (state !== undefined)
    return ({ authorization }, { marks }) => (marks.get(bareToken(authorization)) === state ? refusal : undefined);
  const name = absent ?? malformed ?? longer ?? '';
  const isOuterGiven = outerIsGiven(name, declared);
  const isCode = fieldNamed(name, declared)?.facts.is === 'bindingCode';
  const isMalformed = isCode ? (text: string) => !/^[0-9A-F]{16}$/.test(text) : isPlainlyMalformed;
  return (attempt) => {
    const value = attempt.values.get(name);
    if (absent !== undefined) return isGiven(value) || !isOuterGiven(attempt) ? undefined : refusal;
    if (typeof value !== 'string' || value === '') return undefined;
    return (longer === undefined ? isMalformed(value) : value.length > limit) ? refusal : undefined;
  };
}

function bareToken(authorization = ''): string {
  return authorization.replace(/^bearer +/i, '');
}

/** A field in an object that was not sent is not missing. */
function outerIsGiven(name: string, declared: Declared): (attempt: DeclaredAttempt) => boolean {
  const field = fieldNamed(name, declared);
  const outer = declared.fields.filter(
    ({ steps }) => steps.length < (field?.steps.length ?? 0) && steps.every((step, at) => step === field?.steps[at]),
  );
  return ({ values }) => field?.always === true || outer.every((one) => values.has(one.name));
}

/** Wrong in every format: control characters, only spaces, or more than 500 characters. */
function isPlainlyMalformed(text: string): boolean {
  return /\p{Cc}/u.test(text) || text.trim() === '' || text.length > 500;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
