import { inert } from '../../../contract/inert.ts';

const safe: unique symbol = Symbol('markup');

/** HTML that may be written as it is. Its key is a symbol, so that nothing read from JSON can pass for it. */
export type Markup = { readonly [safe]: string };

/** What may stand in a template: text is escaped, nothing is left out, a list is joined. */
export type Content = string | number | Markup | false | undefined | readonly Content[];

/**
 * Makes HTML from a template; every value is made inert and escaped, unless a template has made it.
 * Values stand in text or in attributes between double quotes, where a single quote means nothing. Line breaks of the template lose their indentation: eight hundred rows have as
 * many, and a line break alone means the same.
 */
export function html(template: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const parts = template.map((part) => part.replace(/\n\s+/g, '\n'));
  return asMarkup(parts.map((part, at) => part + written(values[at])).join(''));
}

/** Text of our own files (style, script) that is HTML already. */
export function asMarkup(text: string): Markup {
  return { [safe]: text };
}

/** The HTML as text. */
export function htmlText(markup: Markup): string {
  return markup[safe];
}

/** Content with something between its items. */
export function joinContent(items: readonly Content[], between: Content): Content {
  return items.flatMap((item, at) => (at === 0 ? [item] : [between, item]));
}

function written(value: Content): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return escaped(value);
  return isMarkup(value) ? value[safe] : value.map(written).join('');
}

function isMarkup(value: Markup | readonly Content[]): value is Markup {
  return safe in value;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;' };

/** The same in text and in attributes: whether a value stands in one or the other is never guessed. */
function escaped(text: string): string {
  return inert(text, Number.POSITIVE_INFINITY).replace(/[&<>"]/g, (character) => entities[character] ?? '');
}
