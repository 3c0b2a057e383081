import type { Mask } from '../../../contract/mask.ts';
import type { Headers } from '../../../spec/http.ts';
import { plural } from '../../../spec/plural.ts';

/**
 * The masking of secrets in an archive. `«token»` is written for the token of a fixture itself, so that a reader can put it back;
 * any other value in its place is `«sent token»` or `«token, altered: …»`.
 */
export type Hide = {
  readonly mask: Mask;
  /** Whether a value is a fixture's secret itself, not one of the forms that the mask finds too. */
  readonly isExact: (value: string) => boolean;
  readonly showSecrets: boolean;
};

const secretHeaders = /^(proxy-)?authorization$|^(set-)?cookie2?$|(^|-)(api-?key|token|secret|password)$/i;
/** Secret by name, because a fault may have changed the secret so that the mask does not find it. */
const secretFields = /"(bindingCode|pwd)"(\s*:\s*)"((?:[^"\\]|\\.)*)("|$)/g;
const secretParameters = /([?&](?:access_)?token=)([^&#]+)/gi;
const scheme = /^[A-Za-z]{1,10} /;
/** What `withoutContent` of scripts/proxy.ts writes in place of a value. */
const hiddenBefore = /^%C2%AB[\w%]+%C2%BB$/;
/** Only the scheme, or nothing: too short to contain a token. */
const shortestToken = 12;

/** Headers without secrets: secret headers are masked by name, all others by the mask. */
export function hiddenHeaders(headers: Headers, hide: Hide): Headers {
  return headers.map(([name, value]) => {
    if (hide.showSecrets || !secretHeaders.test(name) || value.length < shortestToken) return [name, hide.mask(value)];
    const before = scheme.exec(value)?.[0] ?? '';
    return [name, before + hiddenValue(name.toLowerCase(), value.slice(before.length), hide)];
  });
}

/** A value that is secret by its name. */
function hiddenValue(name: string, value: string, { mask, isExact }: Hide): string {
  const masked = mask(value);
  const known = /^«(sent )?\w+»$/.exec(masked);
  if (known !== null && (known[1] !== undefined || isExact(value))) return masked;
  return `«${name}, altered: ${plural(value.length, 'character')}»`;
}

/** A URL without secrets: URLs in HAR are ASCII, so the replacement is percent-encoded. */
export function hiddenUrl(url: string, hide: Hide): string {
  const named = hide.showSecrets
    ? url
    : url.replace(secretParameters, (found, name: string, value: string) =>
        hiddenBefore.test(value) ? found : name + hiddenValue('token', value, hide),
      );
  return hide.mask(named).replace(/[^\x21-\x7e]+/g, encodeURIComponent);
}

/** A request's body without secrets, also if a fault made it invalid JSON. */
export function hiddenRequest(text: string, hide: Hide): string {
  if (hide.showSecrets) return text;
  const named = text.replace(secretFields, (found, field: string, colon: string, value: string, end: string) =>
    value === '' ? found : `"${field}"${colon}"${hiddenValue(field, unescaped(value), hide)}${end}`,
  );
  return hide.mask(named);
}

/** The text of a JSON string; as it is if a fault has broken it. */
function unescaped(inside: string): string {
  try {
    return String(JSON.parse(`"${inside}"`));
  } catch {
    return inside;
  }
}
