import { isRecord } from '../../../spec/is-record.ts';
import type { BindingRequest } from '../../../spec/pure-bt/types.ts';
import { nearest } from '../../nearest.ts';
import type { ReadRequest } from './known.ts';

/** Every field of the request and its JSON type. Source: the document's request parameters. */
export const fields: { readonly [Name in keyof BindingRequest]-?: 'string' | 'number' | 'boolean' } = {
  pk: 'string',
  dk: 'string',
  bindingCode: 'string',
  encryptedBindingCode: 'string',
  encryptedNewBindingSecret: 'string',
  encryptedOldBindingSecret: 'string',
  random: 'string',
  signature: 'string',
  pwd: 'string',
  deviceName: 'string',
  fid: 'string',
  frid: 'string',
  capabilitiesBitmask: 'number',
  isCommonDevice: 'boolean',
};

const fieldNames = Object.keys(fields);

/** Names that other APIs have for a field; letter case, `_` and `-` do not matter. */
const otherNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    sign: 'signature',
    sig: 'signature',
    bindcode: 'bindingCode',
    encryptedbindcode: 'encryptedBindingCode',
    encryptedcode: 'encryptedBindingCode',
    encryptedbindingsecret: 'encryptedNewBindingSecret',
    encryptedsecret: 'encryptedNewBindingSecret',
    newbindingsecret: 'encryptedNewBindingSecret',
    oldbindingsecret: 'encryptedOldBindingSecret',
    nonce: 'random',
    noncestr: 'random',
    iv: 'random',
    productkey: 'pk',
    devicekey: 'dk',
    password: 'pwd',
    capabilities: 'capabilitiesBitmask',
  }),
);

/** Members that other APIs have around the fields. */
const wrappers = ['param', 'params', 'data', 'body', 'payload', 'request'];

/** How many names of unknown fields are looked at: the document has 14 fields, and each look compares a name with all of them. */
export const mostNames = 50;

const longestName = 60;

/** The field that a name means; undefined if it means no field, or is the name of a field. */
export function meantField(name: string): string | undefined {
  if (fieldNames.includes(name)) return undefined;
  const plain = name.slice(0, longestName).toLowerCase().replace(/[_-]/g, '');
  return otherNames.get(plain) ?? nearest(plain, fieldNames);
}

/** The name of the member that has the fields, if they are one level too deep. */
export function wrapperOf(body: ReadRequest['body']): string | undefined {
  return wrappers.find((name) => {
    const inner = body[name];
    return isRecord(inner) && ('pk' in inner || 'dk' in inner || 'random' in inner);
  });
}

/** A request with its fields where they belong and under their names, as far as that can be told. */
export function withRightNames(request: ReadRequest): ReadRequest {
  const wrapper = wrapperOf(request.body);
  const inner = wrapper === undefined ? undefined : request.body[wrapper];
  const { [wrapper ?? '']: _, ...outside } = request.body;
  const sent = isRecord(inner) ? { ...outside, ...inner } : request.body;
  const body: Record<string, unknown> = { ...sent };
  const unknown = Object.entries(sent).filter(([name]) => !fieldNames.includes(name));
  for (const [name, value] of unknown.slice(0, mostNames)) {
    const meant = meantField(name);
    // A field that is sent under its own name too is not replaced.
    if (meant === undefined || Object.hasOwn(sent, meant)) continue;
    body[meant] = value;
  }
  return { ...request, body };
}
