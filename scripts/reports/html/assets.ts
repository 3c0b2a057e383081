import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** In the order of the page. Rules for narrow screens, print and forced colours come after the rules that they change. */
const styleSheets =
  'base frame status tables summary matrix clusters changes precedence filters cases details charts marks print'.split(
    ' ',
  );

/** Style and script of the page, with a Content Security Policy that allows only these two, by hash. */
export function assets(): { readonly style: string; readonly script: string; readonly policy: string } {
  const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
  const style = styleSheets.map((name) => read(`./style/${name}.css`)).join('');
  const script = read('./client/client.js');
  const sha256 = (text: string): string => `'sha256-${hash('sha256', text, 'base64')}'`;
  const policy = [
    "default-src 'none'",
    `style-src ${sha256(style)}`,
    `script-src ${sha256(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
  return { style, script, policy };
}
