import { randomUUID } from 'node:crypto';
import { type Headers, headerValue, type Served, type ServedResponse } from '../../../http.ts';
import type { Declared, DeclaredField } from '../../declared/model.ts';
import { matchesPath, type Values } from '../../declared/read-request.ts';
import { isStateName } from '../../states.ts';
import { createProviderStates } from '../provider-states.ts';
import { type ServeOptions, type Serving, serve } from '../serve.ts';
import { cachedTokenReader, generateTokenKey, publicKeyPem, type TokenKey } from '../token.ts';
import { emptyWorld, type World } from '../world.ts';
import type { DeclaredAttempt, DeclaredBehaviour } from './attempt.ts';
import { correctBehaviour } from './behaviour.ts';
import { makeDecisions, noCode } from './decisions.ts';

/** Makes a server with its own empty records, without a transport. */
export async function createDeclaredServer(
  declared: Declared,
  { behaviour = correctBehaviour(declared), tokenKey }: Parameters<typeof startDeclaredServer>[1] = {},
): Promise<Served> {
  const key = tokenKey ?? (await generateTokenKey());
  const world = emptyWorld();
  const readSigned = cachedTokenReader(behaviour, key);
  const unreadable = (httpStatus: number, headers: Headers = []): ServedResponse =>
    behaviour.answer({ httpStatus, code: noCode, succeeded: false, headers });
  return {
    publicKeyPem: publicKeyPem(key),
    states: createStates(declared, world, key),
    handle: (request) => {
      if (!matchesPath(declared.path, request.path)) return unreadable(404);
      if (request.method !== declared.method) return unreadable(405, [['allow', declared.method]]);
      const values = behaviour.readRequest(request);
      if (values === undefined) return unreadable(400);
      const attempt: DeclaredAttempt = {
        behaviour,
        values,
        fields: sharedFields(declared, values),
        authorization: headerValue(request.headers, 'authorization'),
        readToken: readSigned,
        now: Date.now() / 1000,
      };
      const code = decide(attempt, world);
      return behaviour.answer({
        httpStatus: 200,
        code: code ?? behaviour.successCode,
        succeeded: code === undefined,
        headers: [],
      });
    },
  };
}

/** The code of the first refusal that has one; undefined for a success. */
function decide(attempt: DeclaredAttempt, world: World): number | undefined {
  const { behaviour } = attempt;
  for (const name of behaviour.order) {
    const refusal = behaviour.decisions[name]?.(attempt, world);
    const code = refusal === undefined ? undefined : behaviour.codes[refusal];
    if (code !== undefined) return code;
  }
  const refusal = behaviour.effect(attempt, world);
  return refusal === undefined ? undefined : (behaviour.codes[refusal] ?? noCode);
}

function sharedFields({ fields }: Declared, values: Values): DeclaredAttempt['fields'] {
  const entries = fields.flatMap(({ facts, name }: DeclaredField): readonly (readonly [string, unknown])[] =>
    facts.is === undefined || !values.has(name) ? [] : [[facts.is, values.get(name)]],
  );
  // The first of several fields with one value counts.
  return Object.fromEntries(entries.toReversed());
}

/** States of the platform, and states that only mark a user, who gets what a correct request needs. */
function createStates(declared: Declared, world: World, key: TokenKey): Served['states'] {
  const { ready, checks, accepts = [], fixture: own = {} } = declared.declaration;
  const states = createProviderStates(world, key);
  const { marks } = makeDecisions(declared);
  const known = new Set([ready, ...[...checks, ...accepts].map(({ state }) => state ?? '')]);
  const members = new Set([
    ...Object.keys(own),
    ...declared.fields.flatMap(({ facts, always }) => {
      if (facts.from !== undefined) return [facts.from];
      return always && (facts.is === 'fid' || facts.is === 'frid') ? [facts.is] : [];
    }),
  ]);
  const tokens = new Map<string, string>();
  const base = isStateName(ready) ? ready : 'a device ready to bind';
  return {
    setup: (state, id) => {
      if (!known.has(state)) return undefined;
      const ofPlatform = isStateName(state) && !(marks.has(state) && state !== ready);
      const made: Readonly<Record<string, string | undefined>> = states.setup(ofPlatform ? state : base, id);
      const { token = '' } = made;
      if (marks.has(state)) world.marks.set(token, state);
      tokens.set(id, token);
      const missing = [...members].filter((name) => made[name] === undefined);
      return { ...made, ...Object.fromEntries(missing.map((name) => [name, `m-${name}-${randomUUID()}`])) };
    },
    teardown: (id) => {
      states.teardown(id);
      world.marks.delete(tokens.get(id) ?? '');
      tokens.delete(id);
    },
  };
}

/** Starts the embedded server of an operation that is data. */
export async function startDeclaredServer(
  declared: Declared,
  options: ServeOptions & { readonly behaviour?: DeclaredBehaviour; readonly tokenKey?: TokenKey } = {},
): Promise<Serving> {
  const unreadable = JSON.stringify({ code: noCode, msg: 'Request refused', data: null, extMsg: null });
  return serve(await createDeclaredServer(declared, options), unreadable, options);
}
