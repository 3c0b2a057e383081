import { inert } from '../../../contract/inert.ts';

const safe: unique symbol = Symbol('markup');

/** HTML that may be written as it is. Its key is a symbol, so that nothing read from JSON can pass for it. */
export type Markup = { readonly [safe]: string };

/** What may stand in a template: text is escaped, nothing is left out, a list is joined. */
export type Content = string | number | Markup | false | undefined | readonly Content[];

/**
 * Makes HTML from a template; every value is made inert and escaped, unless a template has made it.
 * Values stand in text or in quoted attributes. Line breaks of the template lose their indentation.
 */
export function html(template: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const { parts, inText } = preparedOf(template);
  let text = parts[0] ?? '';
  for (const [at, value] of values.entries()) text += written(value, inText[at] === true) + (parts[at + 1] ?? '');
  return { [safe]: text };
}

/** Text of our own files (style, script) that is HTML already. */
export function asMarkup(text: string): Markup {
  return { [safe]: text };
}

/** The HTML as text. */
export function textOf(markup: Markup): string {
  return markup[safe];
}

/** Content with something between its items. */
export function joined(items: readonly Content[], between: Content): Content {
  return items.flatMap((item, at) => (at === 0 ? [item] : [between, item]));
}

function written(value: Content, inText: boolean): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return escaped(value, inText);
  return isMarkup(value) ? value[safe] : value.map((item) => written(item, inText)).join('');
}

function isMarkup(value: Markup | readonly Content[]): value is Markup {
  return safe in value;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** In text a quote means nothing; a report is full of JSON, and a tenth smaller for it. */
function escaped(text: string, inText: boolean): string {
  const special = inText ? /[&<>]/g : /[&<>"']/g;
  return inert(text, Number.POSITIVE_INFINITY).replace(special, (character) => entities[character] ?? '');
}

type Prepared = { readonly parts: readonly string[]; readonly inText: readonly boolean[] };

const prepared = new WeakMap<TemplateStringsArray, Prepared>();

/** A template's parts, and which values surely stand in text: those before which the template itself has ended a tag. */
function preparedOf(template: TemplateStringsArray): Prepared {
  const known = prepared.get(template);
  if (known !== undefined) return known;
  // Eight hundred rows have as many indentations: a line break alone means the same.
  const parts = template.map((part) => part.replace(/\n\s+/g, '\n'));
  let before = '';
  const inText = parts.map((part) => {
    before += part;
    return before.lastIndexOf('>') > before.lastIndexOf('<');
  });
  const made = { parts, inText };
  prepared.set(template, made);
  return made;
}
