import { sha256Hex } from '../../generators/crypto.ts';
import type { CipherTest, RequestTest, Vectors } from '../../generators/pure-bt/vectors/vectors.generated.ts';
import vectorsFile from '../../generators/pure-bt/vectors/vectors.json' with { type: 'json' };
import schema from '../../generators/pure-bt/vectors/vectors.schema.json' with { type: 'json' };
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { textToSign } from '../../spec/pure-bt/formulas.ts';
import { inert } from '../inert.ts';
import { parseResult, readTextFile } from '../result-file.ts';
import { UserError } from '../user-error.ts';
import type { VectorSet } from '../vectors.ts';
import { explain } from './explain/explain.ts';
import type { Part } from './explain/explanation.ts';
import type { Secrets } from './explain/secrets.ts';

const vectors = vectorsFile as Vectors;
const { signature, encryptedBindingCode, bindingSecret, request } = vectors.groups;
const ciphertexts = [...encryptedBindingCode.tests, ...bindingSecret.tests];
const comparable = [...signature.tests, ...ciphertexts];

/** A file with answers. A file with vectors has the same `schema`, and is named instead of checked. */
const accepted = {
  $id: schema.$id,
  $defs: schema.$defs,
  type: 'object',
  if: { required: ['groups'], not: { required: ['results'] } },
  else: { $ref: '#/$defs/Answers' },
};
const next = `write one with { "schema": "${schema.$id}", "results": { … } }, for the vectors that \`bindgate vectors\` prints`;

/** The test vectors of this operation's signature and ciphertexts. */
export const vectorSet: VectorSet = {
  text: JSON.stringify(vectors, undefined, 2),
  tests: [...comparable, ...request.tests],
  readAnswers: (file) => {
    const text = readTextFile(file, next);
    type Answers = { readonly results?: Readonly<Record<string, string>> };
    const { results } = parseResult<Answers>(text, accepted, file, next);
    if (results === undefined) {
      throw new UserError(`${file}: these are the vectors, not the answers of a client; ${next}`, 2);
    }
    refuseRepeated(text, file);
    return results;
  },
  explain: (id, answer) => knownMistake(id, answer) ?? foundMistake(id, answer),
};

/** JSON takes the last of two members with one name, so a wrong answer could hide. No answer contains another object. */
function refuseRepeated(text: string, file: string): void {
  const seen = new Set<string>();
  for (const { 1: name = '', 2: colon, index } of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?/g)) {
    if (colon === undefined) continue;
    const id = JSON.parse(name) as string;
    if (seen.has(id)) {
      const line = text.slice(0, index).split('\n').length;
      throw new UserError(`${file}:${line}: "${inert(id, 100)}" has two answers; give each vector one`, 2);
    }
    seen.add(id);
  }
}

/** The comment of the invalid vector that has the same input and was received with this value. */
function knownMistake(id: string, answer: string): string | undefined {
  const input = JSON.stringify(comparable.find((one) => one.id === id)?.input);
  return comparable.find((one) => !one.valid && one.received === answer && JSON.stringify(one.input) === input)
    ?.comment;
}

/** What `explain` finds in a request with this value. */
function foundMistake(id: string, answer: string): string | undefined {
  const made = requestWith(id, answer);
  if (made === undefined) return undefined;
  const known = { secrets: made.secrets, dialect: defaultDialect, showSecrets: true, now: 0 };
  const { parts } = explain({ ...known, request: { source: 'vectors', headers: undefined, body: made.body } });
  const explained = parts.find(({ part }) => part === made.part);
  const causes = explained?.findings.filter(({ kind }) => kind !== 'note').map(({ says }) => says) ?? [];
  return causes.length === 0 ? explained?.says : causes.join('; ');
}

type Made = { readonly part: Part; readonly body: RequestTest['request']['body']; readonly secrets: Secrets };

function requestWith(id: string, answer: string): Made | undefined {
  const signed = signature.tests.find((one) => one.id === id);
  if (signed !== undefined) {
    const { userDomainSecret, ...fields } = signed.input;
    return { part: 'signature', body: { ...fields, signature: answer }, secrets: { userDomainSecret } };
  }
  const encrypted = ciphertexts.find((one) => one.id === id);
  if (encrypted !== undefined) return cipherRequest(encrypted, answer);
  const whole = request.tests.find((one) => one.id === id);
  return whole && { part: 'signature', body: { ...whole.request.body, signature: answer }, secrets: whole.secrets };
}

function cipherRequest({ input }: CipherTest, answer: string): Made {
  const { ps, random, pk, dk, ...plaintexts } = input;
  const userDomainSecret = 'unused';
  const part = input.bindingSecret === undefined ? 'encryptedBindingCode' : 'encryptedNewBindingSecret';
  const body = { random, [part]: answer, ...(pk !== undefined && { pk }), ...(dk !== undefined && { dk }) };
  const bindingCode = part === 'encryptedBindingCode' ? answer : '';
  // A right signature, because explain searches for the cause of a wrong one.
  const right = sha256Hex(textToSign({ pk, dk, bindingCode, pwd: '' }, userDomainSecret));
  return { part, body: { ...body, signature: right }, secrets: { userDomainSecret, ps, ...plaintexts } };
}
