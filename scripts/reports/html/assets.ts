import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** In the order of the page; what is narrower, printed or forced comes after what it changes. */
const styleSheets =
  'base frame status tables summary matrix clusters changes precedence filters cases details charts marks print'.split(
    ' ',
  );

/** Style and script of the page, with a Content Security Policy that names them by hash and lets nothing else run or load. */
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
