import type { Mask } from '../../../contract/mask.ts';
import type { Headers } from '../../../spec/http.ts';

/** The masking of secrets in an archive. */
export type Hide = { readonly mask: Mask; readonly showSecrets: boolean };

const secretHeaders = /^(proxy-)?authorization$|^(set-)?cookie2?$|(^|-)(api-?key|token|secret|password)$/i;
/** Secret by name, because a fault may have changed the secret so that the mask does not find it. */
const secretFields = /"(bindingCode|pwd)"(\s*:\s*)"((?:[^"\\]|\\.)*)("|$)/g;
const secretParameters = /([?&](?:access_)?token=)([^&#]+)/gi;
const wholeSecret = /^(?:\S+ )?«\w+»$/;
/** Only the scheme, or nothing: too short to contain a token. */
const shortestToken = 12;

/** Headers without secrets: secret headers are masked by name, all others by the mask. */
export function hiddenHeaders(headers: Headers, { mask, showSecrets }: Hide): Headers {
  return headers.map(([name, value]) => {
    const masked = mask(value);
    if (showSecrets || !secretHeaders.test(name)) return [name, masked];
    if (wholeSecret.test(masked) || value.length < shortestToken) return [name, masked];
    const scheme = /^[A-Za-z]{1,10} /.exec(value)?.[0] ?? '';
    return [name, `${scheme}«${name.toLowerCase()}, altered: ${value.length - scheme.length} characters»`];
  });
}

/** A URL without secrets: URLs in HAR are ASCII, so the replacement is percent-encoded. */
export function hiddenUrl(url: string, { mask, showSecrets }: Hide): string {
  const named = showSecrets
    ? url
    : url.replace(secretParameters, (found, name: string, value: string) =>
        wholeSecret.test(mask(value)) ? found : `${name}«token, altered: ${value.length} characters»`,
      );
  return mask(named).replace(/[^\x21-\x7e]+/g, encodeURIComponent);
}

/** A request's body without secrets, also if a fault made it invalid JSON. */
export function hiddenRequest(text: string, { mask, showSecrets }: Hide): string {
  if (showSecrets) return text;
  const named = text.replace(secretFields, (found, field: string, colon: string, value: string, end: string) => {
    if (value === '' || wholeSecret.test(mask(value))) return found;
    return `"${field}"${colon}"«${field}, altered: ${value.length} characters»${end}`;
  });
  return mask(named);
}
