import { madeUpFixture } from '../../../generators/family/fixture.ts';
import {
  buildRequest,
  type Change,
  type Draft,
  draftRequest,
  type RequestContext,
  seal,
  sign,
} from '../../../generators/pure-bt/request.ts';
import { type Random, seededRandom } from '../../../generators/random.ts';
import type { Body, Json } from '../../../generators/request.ts';
import { tamperedJwt } from '../../../generators/tokens.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { type Expression, evaluate, type Names } from './expression.ts';

/**
 * How a client computes a request from its variables. Every request takes the same steps (fill in, encrypt, sign, add the
 * token); a fault differs only in the texts, or in one value that replaces the correct one. Texts contain `{{variables}}`.
 */
export type RequestProgram = {
  readonly fields: { readonly [field: string]: Json };
  /** The text to encrypt for each ciphertext field. */
  readonly plaintexts: { readonly [field: string]: string };
  /** Values that replace fields before signing; null removes a field. */
  readonly beforeSigning?: Replacements;
  /** Values that replace fields after signing. */
  readonly afterSigning?: Replacements;
  /** The Authorization header; null for none. */
  readonly authorization?: Expression | null;
};

type Replacements = { readonly [field: string]: Expression | null };

/** A request of one fixture, with what each stage made and what is right there. */
type Recorded = ReturnType<typeof record>;
type Stage = 'sealed' | 'signed' | 'header';

/**
 * The program of a request, found by trying: what the generators make for two fixtures, the program has to make too.
 * @returns undefined if no program makes it; such a request can only be exported as it is.
 */
export function findProgram(changes: readonly Change[]): RequestProgram | undefined {
  const one = record(changes, 'one');
  const other = record(changes, 'other');
  const beforeSigning = findReplacements('sealed', one, other);
  const afterSigning = findReplacements('signed', one, other);
  const header = findReplacements('header', one, other);
  if (beforeSigning === undefined || afterSigning === undefined || header === undefined) return undefined;
  const { authorization } = header;
  // A request that needs a pwd has one also if the device has none.
  const { pwd } = record(changes, 'one', {}).draft.fields;
  return {
    fields: { ...templated(one.draft.fields, one.names), ...(typeof pwd === 'string' && pwd !== '' && { pwd }) },
    plaintexts: templated(one.draft.plaintexts, one.names) as RequestProgram['plaintexts'],
    ...(Object.keys(beforeSigning).length > 0 && { beforeSigning }),
    ...(Object.keys(afterSigning).length > 0 && { afterSigning }),
    ...(authorization !== undefined && { authorization }),
  };
}

function record(changes: readonly Change[], name: string, more: { readonly pwd?: string } = { pwd: `pwd of ${name}` }) {
  const invented = seededRandom(1, 'export', name);
  const claims = { uid: invented.string.alphanumeric(8), jti: invented.string.alphanumeric(12) };
  const fixture = {
    ...madeUpFixture(invented, tamperedJwt('e30.e30.c2lnbmF0dXJlLW9mLWEtdG9rZW4', { claims })),
    ...more,
  };
  const drawn: string[] = [];
  // The same random values for both fixtures, so that what differs comes from the fixture.
  const context = { fixture, dialect: defaultDialect, random: recording(seededRandom(1, 'export'), drawn), keys: {} };
  const at = (stage: Change['at']): readonly Change[] => changes.filter((change) => change.at === stage);
  let draft = draftRequest(context);
  const iv = String(draft.fields['random']);
  for (const change of at('draft')) if (change.at === 'draft') draft = change.apply(draft, context);
  const stage = (right: Body, made: Body) => ({ right, made });
  const sealed = seal(draft);
  const sealedMade = applied(sealed, at('sealed'), context);
  const signed = sign(sealedMade, draft, defaultDialect);
  const signedMade = applied(signed, at('signed'), context);
  const { authorization } = buildRequest({ ...context, random: seededRandom(1, 'export') }, at('token'));
  const names: Names = { ...fixture, random: iv };
  return {
    draft,
    names,
    drawn,
    sealed: stage(sealed, sealedMade),
    signed: stage(signed, signedMade),
    header: stage({ authorization: `Bearer ${fixture.token}` }, authorization === undefined ? {} : { authorization }),
  };
}

function applied(body: Body, changes: readonly Change[], context: RequestContext): Body {
  return changes.reduce(
    (made, change) =>
      'apply' in change && (change.at === 'sealed' || change.at === 'signed') ? change.apply(made, context) : made,
    body,
  );
}

/** A random source that notes the texts that it gives. */
function recording(random: Random, drawn: string[]): Random {
  const alphanumeric: Random['string']['alphanumeric'] = (...given) => {
    const text = random.string.alphanumeric(...given);
    drawn.push(text);
    return text;
  };
  const string = new Proxy(random.string, {
    get: (all, name) => (name === 'alphanumeric' ? alphanumeric : Reflect.get(all, name)),
  });
  return new Proxy(random, { get: (all, name) => (name === 'string' ? string : Reflect.get(all, name)) });
}

/** The fields that a stage replaced, each with an expression that is right for both fixtures. */
function findReplacements(stage: Stage, one: Recorded, other: Recorded): Replacements | undefined {
  const { right, made } = one[stage];
  const found: Record<string, Expression | null> = {};
  for (const field of Object.keys({ ...right, ...made })) {
    const value = made[field];
    if (value === right[field]) continue;
    if (value === undefined) {
      found[field] = null;
      continue;
    }
    const wanted = [one, other].map((recorded) => ({
      names: namesAt(recorded, stage, field),
      value: recorded[stage].made[field],
    }));
    const plaintext = one.draft.plaintexts[field as keyof Draft['plaintexts']];
    const expression = candidates(plaintext, one, value).find((candidate) =>
      wanted.every(({ names, value: expected }) => evaluate(candidate, names) === expected),
    );
    if (expression === undefined) return undefined;
    found[field] = expression;
  }
  return found;
}

function namesAt({ names, ...stages }: Recorded, stage: Stage, field: string): Names {
  const { right } = stages[stage];
  const texts = Object.entries(right).map(([name, value]) => [`body.${name}`, value === null ? '' : String(value)]);
  const code = right['encryptedBindingCode'] || right['bindingCode'];
  return {
    'body.pwd': '',
    ...names,
    ...Object.fromEntries(texts),
    good: String(right[field] ?? ''),
    code: String(code ?? ''),
  };
}

const value = (text: Json): Expression => ({ value: text });
const good = '{{good}}';
const signedParts = ['{{body.pk}}', '{{body.dk}}', '{{code}}', '{{body.pwd}}', '{{userDomainSecret}}'];

/** What a replaced value may be. The first that is right for both fixtures is taken. */
function candidates(plaintext: string | undefined, { names, drawn }: Recorded, made: Json): readonly Expression[] {
  const [pk = '', dk = '', code = '', pwd = '', secret = ''] = signedParts;
  const texts = [
    ...signedParts.map((_, at) => signedParts.toSpliced(at, 1).join('')),
    `${secret}${pk}${dk}${code}${pwd}`,
    `${dk}${pk}${code}${pwd}${secret}`,
    `${pk}${dk}${code}${pwd}{{ps}}`,
    ...drawn.map((other) => `${pk}${dk}${code}${pwd}${other}`),
    good,
  ];
  const text = plaintext === undefined ? undefined : String(template(plaintext, names));
  return [
    value(made),
    ...[` ${good}`, `${good}\n`, `0x${good}`, `${good}0`, `${good}x`].map(value),
    value(String(made).replace(names['token'] ?? '', '{{token}}')),
    ...[1, 32].map((from): Expression => ({ slice: good, from })),
    ...[-1, 15, 32, -20].map((to): Expression => ({ slice: good, from: 0, to })),
    { join: [{ slice: good, from: 0, to: 32 }, value(' '), { slice: good, from: 32 }] },
    {
      join: [
        { slice: good, from: 1 },
        { slice: good, from: 0, to: 1 },
      ],
    },
    { join: [value('é'), { slice: good, from: 1 }] },
    { join: [{ slice: good, from: 0, to: 4 }, value('!*%$'), { slice: good, from: 8 }] },
    ...[0, 32, 63].map((otherAt): Expression => ({ otherAt, of: good })),
    { reverse: good },
    ...texts.map((sha256): Expression => ({ sha256 })),
    ...[15, -16].map((to): Expression => ({ bytes: good, from: 'base64', to })),
    { bytes: good, from: 'base64', append: 'extra' },
    { bytes: good, from: 'hex' },
    { join: [value('Bearer '), { segments: '{{token}}', to: 2 }] },
    { join: [value('Bearer '), { segments: '{{token}}', to: 2 }, value('.')] },
    ...(text === undefined
      ? []
      : [
          value(text),
          { bytes: text, from: 'utf8' as const },
          ...drawn.map((iv): Expression => ({ encrypt: text, key: '{{ps}}', iv })),
          ...drawn.map((key): Expression => ({ encrypt: text, key, iv: '{{body.random}}' })),
          ...['x', '\0'].map((fill): Expression => ({ encrypt: text, key: '{{ps}}', iv: '{{body.random}}', fill })),
        ]),
  ];
}

/** Texts with the values of a fixture as variables. */
function templated(values: { readonly [field: string]: Json }, names: Names): { readonly [field: string]: Json } {
  return Object.fromEntries(Object.entries(values).map(([field, content]) => [field, template(content, names)]));
}

function template(content: Json, names: Names): Json {
  if (typeof content !== 'string') return content;
  return Object.entries(names).reduce((text, [name, known]) => text.replaceAll(known, `{{${name}}}`), content);
}
