import { inert } from '../inert.ts';
import { UserError } from '../user-error.ts';

/** Reads an http(s) URL without a password and without a query. @throws UserError (exit code 2) that says what is wrong. */
export function readBaseUrl(text: string): URL {
  const url = readUrl(text);
  if (url.search === '') return url;
  throw new UserError(`the URL has a query (${inert(url.search)}), which is not sent; remove it`, 2);
}

const exampleUrl = 'http://127.0.0.1:8080';

/**
 * Reads an http(s) URL without a password; it may have a query.
 * @param named the flag and an example of its path, for the message.
 * @throws UserError (exit code 2) that says what is wrong.
 */
export function readUrl(text: string, named?: { readonly flag: string; readonly path: string }): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    const { flag = '', path = '' } = named ?? {};
    const what = `${flag} "${inert(text)}"`.trimStart();
    throw new UserError(`${what} is not an http or https URL; give one such as ${exampleUrl}${path}`, 2);
  }
  if (url.username !== '' || url.password !== '') {
    throw new UserError(
      `the URL of ${url.host} contains a user name or password; put it into an Authorization header in the configuration`,
      2,
    );
  }
  return url;
}
