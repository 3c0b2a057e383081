import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** What a page holds beside its content, and the policy that lets nothing else run or load. */
export type Assets = { readonly style: string; readonly script: string; readonly policy: string };

/** In the order of the page; what is narrower, printed or forced comes after what it changes. */
const styleSheets =
  'base frame status tables summary matrix clusters changes precedence filters cases details charts marks print'.split(
    ' ',
  );

let made: Assets | undefined;

/** Style and script of the page, read once, with a Content Security Policy that names them by hash. */
export function assets(): Assets {
  made ??= read();
  return made;
}

function read(): Assets {
  const style = styleSheets
    .map((name) => readFileSync(new URL(`./style/${name}.css`, import.meta.url), 'utf8'))
    .join('');
  const script = readFileSync(new URL('./client/client.js', import.meta.url), 'utf8');
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
