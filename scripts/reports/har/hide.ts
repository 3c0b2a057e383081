import type { Mask } from '../../../contract/mask.ts';
import type { Headers } from '../../../spec/http.ts';

/** How secrets are kept out of what is written. */
export type Hide = { readonly mask: Mask; readonly showSecrets: boolean };

const secretHeaders = /^(proxy-)?authorization$|^(set-)?cookie2?$/i;
/** Secret by their name, since a fault may have turned the secret into something that no mask finds. */
const secretFields = /"(bindingCode|pwd)"(\s*:\s*)"((?:[^"\\]|\\.)*)("|$)/g;
const secretParameters = /([?&](?:access_)?token=)([^&#]+)/gi;
const wholeSecret = /^(?:\S+ )?«\w+»$/;
/** The scheme alone, or nothing: too short to hold a token. */
const shortestToken = 12;

/** Headers without secrets: those that hold nothing else by their name, all by the mask. */
export function hiddenHeaders(headers: Headers, { mask, showSecrets }: Hide): Headers {
  return headers.map(([name, value]) => {
    const masked = mask(value);
    if (showSecrets || !secretHeaders.test(name)) return [name, masked];
    if (wholeSecret.test(masked) || value.length < shortestToken) return [name, masked];
    const scheme = /^[A-Za-z]{1,10} /.exec(value)?.[0] ?? '';
    return [name, `${scheme}«${name.toLowerCase()}, altered: ${value.length - scheme.length} characters»`];
  });
}

/** A URL without secrets: HAR has them in ASCII, so what stands in a secret's place is percent-encoded. */
export function hiddenUrl(url: string, { mask, showSecrets }: Hide): string {
  const named = showSecrets
    ? url
    : url.replace(secretParameters, (found, name: string, value: string) =>
        wholeSecret.test(mask(value)) ? found : `${name}«token, altered: ${value.length} characters»`,
      );
  return mask(named).replace(/[^\x21-\x7e]+/g, encodeURIComponent);
}

/** A request's body without secrets, be it JSON or what a fault has made of it. */
export function hiddenRequest(text: string, { mask, showSecrets }: Hide): string {
  if (showSecrets) return text;
  const named = text.replace(secretFields, (found, field: string, colon: string, value: string, end: string) => {
    if (value === '' || wholeSecret.test(mask(value))) return found;
    return `"${field}"${colon}"«${field}, altered: ${value.length} characters»${end}`;
  });
  return mask(named);
}
