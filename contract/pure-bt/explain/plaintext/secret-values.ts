import type { Known } from '../known.ts';
import { display } from '../known.ts';
import type { Remark } from './remark.ts';

/** The values that a request names the device with. */
export type Device = { readonly pk: string; readonly dk: string };

/** What the plaintext of an encrypted bindingSecret is to be. */
export const plaintextFix = 'encrypt PK,DK,bindingSecret: three values, two English commas, nothing else';
const sameDevice = 'take PK and DK exactly as the fields pk and dk of this request have them';

/** What is wrong with the values as a whole: their number or their order; undefined where each stands in its place. */
export function arrangementRemark({ pk, dk }: Device, values: readonly string[]): Remark | undefined {
  const [first = '', second, third] = values;
  if (values.length > 3) return mistake('four-parts', `it has ${values.length} values, not three`);
  if (third !== undefined) return orderRemark({ pk, dk }, values);
  if (first === '') return mistake('empty', 'it is empty');
  if (second === undefined) return mistake('secret-alone', 'it is one value alone: PK and DK are missing');
  if (first === pk && second === dk) {
    return mistake('secret-missing', 'it is PK and DK alone: the bindingSecret is missing');
  }
  if (first === pk) return mistake('dk-missing', 'it is PK and one value more: DK is missing');
  if (first === dk) return mistake('pk-missing', 'it is DK and one value more: PK is missing');
  return mistake('two-parts', 'it has two values, not three');
}

/** What is wrong with PK and DK. */
export function deviceRemarks(known: Known, device: Device, first: string, second: string): readonly Remark[] {
  if (alike(first, device.dk) && alike(second, device.pk) && !alike(device.pk, device.dk)) {
    const swapped = mistake('swapped', 'it is DK,PK,…: the first two values are swapped');
    return [swapped, ...formRemarks(device, second, first)];
  }
  const remarks = [...formRemarks(device, first, second)];
  if (!alike(first, device.pk)) {
    remarks.push(mistake('other-pk', `its PK is another one than pk: ${shownAs(known, first, device.pk)}`, sameDevice));
  }
  if (!alike(second, device.dk)) {
    remarks.push(
      mistake('other-dk', `its DK is another one than dk: ${shownAs(known, second, device.dk)}`, sameDevice),
    );
  }
  return remarks;
}

/** What is wrong with the bindingSecret. */
export function valueRemarks({ secrets }: Known, isNew: boolean, secret: string): readonly Remark[] {
  const [due, other] = isNew
    ? [secrets.bindingSecret, secrets.oldBindingSecret]
    : [secrets.oldBindingSecret, secrets.bindingSecret];
  if (secret === '') return [mistake('empty-secret', 'its bindingSecret is empty')];
  if (/^(null|undefined|None|nil)$/.test(secret)) {
    return [mistake('secret-null', `its bindingSecret is the word "${secret}"`)];
  }
  if (secret === due) return [];
  const named = { PS: secrets.ps, userDomainSecret: secrets.userDomainSecret, bindingCode: secrets.bindingCode };
  const [name] = Object.entries(named).find(([, value]) => value === secret) ?? [];
  if (name !== undefined) return [mistake('secret-is-other', `its bindingSecret is the ${name}`)];
  if (secret === other) {
    const [held, wanted] = isNew ? ['old', 'new'] : ['new', 'old'];
    const fix = `encrypt the ${wanted} one in this field`;
    return [mistake(`secret-is-${held}`, `it holds the ${held} bindingSecret`, fix)];
  }
  if (due === undefined) return [];
  const says = `its bindingSecret (${secret.length} characters) is another one than the fixture's (${due.length})`;
  if (!isNew) return [mistake('secret-other', says, 'send the bindingSecret that was stored at the last bind')];
  return [{ id: 'secret-other', kind: 'note', says, fix: 'that is right if the app draws a new one for each bind' }];
}

function mistake(id: string, says: string, fix = plaintextFix): Remark {
  return { id, kind: 'mistake', says, fix };
}

function orderRemark(device: Device, values: readonly string[]): Remark | undefined {
  if (values.join() === 'PK,DK,bindingSecret') {
    return mistake('literal', 'it is the words "PK,DK,bindingSecret", not their values');
  }
  const places = [device.pk, device.dk].map((due) => values.findIndex((value) => alike(value, due)));
  if (places.includes(-1) || !places.includes(2)) return undefined;
  return mistake('order', 'its values stand in another order than PK,DK,bindingSecret');
}

function formRemarks({ pk, dk }: Device, heldPk: string, heldDk: string): readonly Remark[] {
  const remarks: Remark[] = [];
  if (alike(heldPk, pk) && heldPk !== pk) {
    remarks.push(mistake('pk-case', 'its PK is in another letter case than pk', sameDevice));
  }
  if (alike(heldDk, dk) && heldDk !== dk) {
    remarks.push(
      heldDk === dk.toLowerCase()
        ? mistake('dk-lower-case', 'its DK is in lower case, and dk is not', sameDevice)
        : mistake('dk-form', 'its DK is written otherwise than dk', sameDevice),
    );
  }
  return remarks;
}

/** The same value but for letter case and separators. */
function alike(a: string, b: string): boolean {
  const bare = (text: string): string => text.toLowerCase().replace(/[:-]/g, '');
  return bare(a) === bare(b);
}

/** A value of another device is shown where it is like one; a secret in its place is not. */
function shownAs(known: Known, value: string, due: string): string {
  const fits = value.length === due.length && /^[\w:-]+$/.test(value);
  return fits
    ? `"${display(known, value, 64)}", not "${display(known, due, 64)}"`
    : `it has ${value.length} characters`;
}
