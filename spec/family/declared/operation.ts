import { familySettings, oneOf } from '../../dialect.ts';
import { isRecord } from '../../is-record.ts';
import type { FixtureMember, Operation, Setting } from '../../operation.ts';
import { type FixtureMemberName, fixtureMembers } from '../fixture-members.ts';
import { platformSettings } from '../settings.ts';
import { isStateName, states } from '../states.ts';
import { type Declared, fieldNamed } from './model.ts';
import { responseCheck } from './response.ts';
import { declaredRules } from './rules.ts';

/** Refusals without a code on the page may use those that sibling pages have for them. */
const siblingCodes: Operation['siblingCodes'] = { unknownDevice: [5313, 5314, 5339, 5493, 5553], service: [5000] };

const secretName = /pwd|password|secret|token|credential/i;

/** An operation that is data, for the engine. */
export function declaredOperation(declared: Declared): Operation {
  const { id, method, path, codes, declaration } = declared;
  const fixture = members(declared);
  const known = stateMembers(declared, fixture);
  const secretFields = declared.fields
    .filter(({ steps, name, facts }) => steps.length === 1 && (secretName.test(name) || facts.is === 'bindingCode'))
    .map(({ name }) => name);
  const success = declaration.answer?.success ?? [];
  return {
    id,
    method,
    path,
    codes,
    siblingCodes,
    rules: declaredRules(declared),
    settings: settings(declared),
    states: known,
    readyState: declaration.ready,
    ...('an expired token' in known && { expiredState: 'an expired token' }),
    fixture,
    secretFields,
    neverRepeated: secretFields.filter((name) => /pwd|password/i.test(name)),
    responseProblems: responseCheck(declared),
    proofs: () => [],
    saysSuccess: (data) => success.some((name) => !['', null, undefined].some((none) => none === data[name])),
  };
}

/** The settings of an operation: those of the family, those of its fields, and one for everything that is guessed. */
function settings(declared: Declared): Readonly<Record<string, Setting>> {
  const { checks } = declared.declaration;
  const isAbout = (key: 'malformed' | 'longer', is: 'dk' | 'bindingCode' | 'deviceName'): boolean =>
    checks.some((check) => check[key] !== undefined && fieldNamed(check[key], declared)?.facts.is === is);
  return {
    ...familySettings,
    ...(isAbout('malformed', 'dk') && { dkPattern: platformSettings.dkPattern }),
    ...(isAbout('malformed', 'bindingCode') && { bindingCodePattern: platformSettings.bindingCodePattern }),
    ...(isAbout('longer', 'deviceName') && { deviceNameLimit: platformSettings.deviceNameLimit }),
    guesses: oneOf({
      choices: ['expected', 'open'],
      question: 'Are the outcomes that operation.yaml marks with guess expected, or only recorded?',
      source: 'each guess is a task for the owner; without this setting, a difference only warns',
    }),
  };
}

/** The states that the operation names, each with the members of the family's state of this name. */
function namedStates({ declaration: { ready, checks, accepts = [] } }: Declared): readonly {
  readonly state: string;
  readonly fields: readonly string[];
  readonly ofFamily: readonly string[];
}[] {
  return [{ state: ready, with: [] }, ...accepts, ...checks].flatMap(({ state, with: fields = [] }) =>
    state === undefined ? [] : [{ state, fields, ofFamily: isStateName(state) ? states[state] : [] }],
  );
}

/** Every state, with the optional members that it must return. */
function stateMembers(
  declared: Declared,
  fixture: Readonly<Record<string, FixtureMember>>,
): Readonly<Record<string, readonly string[]>> {
  const needed = new Map<string, ReadonlySet<string>>();
  for (const { state, fields, ofFamily } of namedStates(declared)) {
    const ofFields = fields.flatMap((name) => memberOf(declared, name) ?? []);
    needed.set(state, new Set([...(needed.get(state) ?? []), ...ofFields, ...ofFamily]));
  }
  return Object.fromEntries(
    [...needed].map(([state, names]) => [state, [...names].filter((name) => fixture[name]?.optional === true)]),
  );
}

/** The member of the fixture with the value of a field, if it has one. */
export function memberOf(declared: Pick<Declared, 'fields'>, field: string): string | undefined {
  const { from, is } = fieldNamed(field, declared)?.facts ?? {};
  if (from !== undefined) return from;
  return is === 'pk' || is === 'dk' || is === 'bindingCode' || is === 'fid' || is === 'frid' ? is : undefined;
}

function members(declared: Declared): Readonly<Record<string, FixtureMember>> {
  const { declaration, fields } = declared;
  const own = declaration.fixture ?? {};
  /** The names of the members, and whether every request needs them. */
  const used = new Map<string, boolean>([['token', true]]);
  for (const { name, always } of fields) {
    const member = memberOf(declared, name);
    if (member !== undefined) used.set(member, always || used.get(member) === true);
  }
  const ofStates = namedStates(declared).flatMap(({ ofFamily }) => ofFamily);
  for (const name of [...Object.keys(own), ...ofStates.filter((member) => member === 'otherToken')])
    if (!used.has(name)) used.set(name, false);
  const known = Object.keys(fixtureMembers).filter((name) => used.has(name));
  const others = [...used.keys()].filter((name) => !known.includes(name));
  const answered = declared.document.components.schemas;
  const keys = settings(declared);
  return Object.fromEntries(
    [...known, ...others].map((name): readonly [string, FixtureMember] => {
      const {
        optional: _,
        declaredBy,
        ...member
      }: FixtureMember = fixtureMembers[name as FixtureMemberName] ?? {
        about: own[name]?.about ?? `the value of ${name}`,
        ...((own[name]?.secret === true || secretName.test(name)) && { secret: true }),
        ...(hasProperty(answered, name) && { answered: true }),
      };
      const isSetting = declaredBy !== undefined && Object.hasOwn(keys, declaredBy);
      return [
        name,
        { ...member, ...(isSetting && { declaredBy }), ...(used.get(name) !== true && { optional: true as const }) },
      ];
    }),
  );
}

/** Whether an answer may have a value of this name, at any depth. */
function hasProperty(schemas: unknown, name: string): boolean {
  if (Array.isArray(schemas)) return schemas.some((one) => hasProperty(one, name));
  if (!isRecord(schemas)) return false;
  const { properties } = schemas;
  if (isRecord(properties) && Object.hasOwn(properties, name)) return true;
  return Object.values(schemas).some((one) => hasProperty(one, name));
}
