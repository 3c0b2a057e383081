import { bindUnless, record, sharedBehaviour } from '../../family/reference/shared-decisions.ts';
import type { ServedResponse } from '../../http.ts';
import { documentedCodes } from '../catalogue.ts';
import type { FailureEnvelope, SuccessEnvelope } from '../types.ts';
import { bindDecisions, decisions, decrypt, sameText, secretFor } from './decide.ts';
import { type Behaviour, codes, decisionOrder, type Ending } from './decision.ts';
import { readFields } from './fields.ts';

const meanings: ReadonlyMap<number, string> = new Map(documentedCodes.map(({ code, meaning }) => [code, meaning]));

/** The behaviour of the reference server: every dialect setting has its default. */
export const correct: Behaviour = {
  ...sharedBehaviour,
  ...decisions,
  ...bindDecisions,
  methods: ['POST'],
  readFields,
  order: decisionOrder,
  bindingCodePattern: /^[0-9A-F]{16}$/,
  randomPattern: /^[0-9A-Za-z]{16}$/,
  pwdPattern: /^[\x20-\x7e]{1,64}$/,
  deviceNameLimit: 254,
  codes,
  // The transmitted ciphertext replaces bindingCode; an absent field counts as the empty string.
  textToSign: ({ fields, domainSecret }) =>
    [fields.pk, fields.dk, fields.encryptedBindingCode || fields.bindingCode, fields.pwd, domainSecret].join(''),
  sameSignature: sameText,
  decrypt,
  secretFor,
  oldSecretWhenUnbound: 'refused',
  bothBindingCodes: 'encrypted-wins',
  bind: (attempt, world) => {
    const { behaviour } = attempt;
    const checks = behaviour.bindOrder.map((name) => behaviour[name]);
    return bindUnless(attempt, world, checks, behaviour.record);
  },
  bindOrder: ['notBoundByUser', 'oldSecretIsStored', 'modeAllows'],
  record,
  answer,
  envelope,
};

/** The answer to a request. It shows nothing that the decisions have found. */
function answer({ behaviour, httpStatus, code, bound, headers }: Ending): ServedResponse {
  return {
    httpStatus,
    headers: [['content-type', 'application/json; charset=utf-8'], ...headers],
    body: Buffer.from(behaviour.envelope(code, bound)),
  };
}

/** The JSON text of an outcome. `verified` is a number, as in the only known real response. */
export function envelope(code: number, success: boolean): string {
  const bound: SuccessEnvelope['data'] = { verified: 1 };
  if (success) return JSON.stringify({ code, msg: '', data: bound, extMsg: null });
  const refused: FailureEnvelope = {
    code,
    msg: meanings.get(code) ?? 'Request refused',
    data: null,
    extMsg: null,
  };
  return JSON.stringify(refused);
}
