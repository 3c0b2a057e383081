import type { DeclaredField, FieldFacts } from '../model.ts';

type Role = NonNullable<FieldFacts['is']>;

/** The names of fields with a value that every operation of the family knows. */
const roles: readonly (readonly [Role, RegExp, RegExp?])[] = [
  ['pk', /^(?:pk|product_?key)$/i],
  ['dk', /^(?:dk|device_?key)$/i],
  ['bindingCode', /^binding_?code$/i],
  ['fid', /^(?:fid|family_?id)$/i],
  ['frid', /^(?:frid|room_?id)$/i],
  ['deviceName', /^device_?name$/i],
  ['deviceName', /^name$/i, /device name|设备名/i],
  ['isCommonDevice', /^is_?common_?device$/i],
  ['capabilitiesBitmask', /^capabilities_?bitmask$/i],
];

const typeOf: Readonly<Record<Role, readonly DeclaredField['type'][]>> = {
  pk: ['string'],
  dk: ['string'],
  bindingCode: ['string'],
  fid: ['string'],
  frid: ['string'],
  deviceName: ['string'],
  isCommonDevice: ['boolean'],
  capabilitiesBitmask: ['integer', 'number'],
};

/** Words of a description that say how a value is computed. */
const formulaWords = /algorithm|\bAES|\bSHA-?\d|HMAC|\bMD5|BASE64_?ENCODE|\bRSA\b|encrypt|算法|加密|签名/i;

/** What a field is called in its object. */
export function leafName({ steps }: Pick<DeclaredField, 'steps'>): string {
  return steps.findLast((step) => step !== '[]') ?? 'items';
}

/** What is known of a field by its name, type and description; undefined if that is nothing to write down. */
export function deriveFacts(field: DeclaredField, example: unknown): FieldFacts | undefined {
  const name = leafName(field);
  const [is] =
    roles.find(
      ([role, pattern, says]) =>
        pattern.test(name) && typeOf[role].includes(field.type) && (says === undefined || says.test(field.description)),
    ) ?? [];
  if (is !== undefined) return { is };
  if (formulaWords.test(field.description) && field.type === 'string') return formulaFacts(field, name);
  if (field.listed.length > 0) return undefined;
  if (field.type === 'integer' || field.type === 'number') {
    const value = typeof example === 'number' && example !== 0 ? example : 1;
    const task = `Is ${value} a value that a correct request can have? Correct it, or list all in "values".`;
    return { value, guess: true, task };
  }
  if (typeof example === 'string' && example !== '') {
    return {
      value: example,
      guess: true,
      task: 'The value is the example of the page; give one that your server accepts.',
    };
  }
  if (field.always) {
    return {
      from: name,
      guess: true,
      task: `Let the states handler return "${name}", or give a "value" that your server accepts.`,
    };
  }
  return {
    guess: true,
    task: 'It is not sent: no value is known. Give a "value", all "values", or "from" a fixture member.',
  };
}

/** A computed value: the states handler can return it, because it belongs to the fixture. */
function formulaFacts(field: DeclaredField, name: string): FieldFacts {
  const formula = field.description.replace(/\s+/g, ' ');
  const example = `example of a fixture: { "token": "…", "${name}": "the computed value for this fixture" }`;
  return field.always
    ? {
        from: name,
        formula,
        guess: true,
        task: `The value is computed. Let the states handler compute and return "${name}"; ${example}.`,
      }
    : {
        formula,
        guess: true,
        task: `The value is computed, so it is not sent. Add "from: ${name}" if the states handler returns it; ${example}.`,
      };
}
