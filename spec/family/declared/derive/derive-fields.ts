import { type DeclaredField, type FieldFacts, itemStep, type Role } from '../model.ts';

/** The names of fields with a value that every operation of the family knows; a field is a text if no other type is named. */
const roles: readonly {
  readonly is: Role;
  readonly named: RegExp;
  readonly types?: readonly DeclaredField['type'][];
  readonly says?: RegExp;
}[] = [
  { is: 'pk', named: /^(?:pk|product_?key)$/i },
  { is: 'dk', named: /^(?:dk|device_?key)$/i },
  { is: 'bindingCode', named: /^binding_?code$/i },
  { is: 'fid', named: /^(?:fid|family_?id)$/i },
  { is: 'frid', named: /^(?:frid|room_?id)$/i },
  { is: 'deviceName', named: /^device_?name$/i },
  { is: 'deviceName', named: /^name$/i, says: /device name|设备名/i },
  { is: 'isCommonDevice', named: /^is_?common_?device$/i, types: ['boolean'] },
  { is: 'capabilitiesBitmask', named: /^capabilities_?bitmask$/i, types: ['integer', 'number'] },
];

/** Words of a description that say how a value is computed. */
const formulaWords = /algorithm|\bAES|\bSHA-?\d|HMAC|\bMD5|BASE64_?ENCODE|\bRSA\b|encrypt|算法|加密|签名/i;

/** What a field is called in its object. */
export function leafName({ steps }: Pick<DeclaredField, 'steps'>): string {
  return steps.findLast((step) => step !== itemStep) ?? 'items';
}

/** What is known of a field by its name, type and description; undefined if that is nothing to write down. */
export function deriveFacts(field: DeclaredField, example: unknown): FieldFacts | undefined {
  const name = leafName(field);
  const role = roles.find(
    ({ named, types = ['string'], says }) =>
      named.test(name) && types.includes(field.type) && (says === undefined || says.test(field.description)),
  );
  if (role !== undefined) return { is: role.is };
  if (formulaWords.test(field.description) && field.type === 'string') return formulaFacts(field, name);
  if (field.listed.length > 0) return undefined;
  if (field.type === 'integer' || field.type === 'number') {
    const value = typeof example === 'number' && example !== 0 ? example : 1;
    const task = `Is ${value} a value that a correct request can have? Correct it, or list all in "values".`;
    return { value, guess: true, task };
  }
  if (typeof example === 'string' && example !== '') {
    const task = 'The value is the example of the page; give one that your server accepts.';
    return { value: example, guess: true, task };
  }
  if (field.always) {
    const task = `Let the states handler return "${name}", or give a "value" that your server accepts.`;
    return { from: name, guess: true, task };
  }
  const task = 'It is not sent: no value is known. Give a "value", all "values", or "from" a fixture member.';
  return { guess: true, task };
}

/** A computed value: the states handler can return it, because it belongs to the fixture. */
function formulaFacts(field: DeclaredField, name: string): FieldFacts {
  const formula = field.description.replace(/\s+/g, ' ');
  const example = `example of a fixture: { "token": "…", "${name}": "the computed value for this fixture" }`;
  const task = field.always
    ? `The value is computed. Let the states handler compute and return "${name}"; ${example}.`
    : `The value is computed, so it is not sent. Add "from: ${name}" if the states handler returns it; ${example}.`;
  return { ...(field.always && { from: name }), formula, guess: true, task };
}
