import { inert } from '../../../contract/inert.ts';

const safe: unique symbol = Symbol('markup');

/** Safe HTML. Its key is a symbol, so that data from JSON cannot be taken for it. */
export type Markup = { readonly [safe]: string };

/** A value in a template: text is escaped, empty values are left out, a list is joined. */
export type Content = string | number | Markup | false | undefined | readonly Content[];

/**
 * Makes HTML from a template. Every value is made inert and escaped, except the results of templates.
 * Values are in text or in attributes with double quotes, so a single quote needs no escape. Indentation after line breaks of the
 * template is removed, because it would be repeated in every row.
 */
export function html(template: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const parts = template.map((part) => part.replace(/\n\s+/g, '\n'));
  return asMarkup(parts.map((part, at) => part + written(values[at])).join(''));
}

/** Marks text of our own files (style, script) as safe HTML. */
export function asMarkup(text: string): Markup {
  return { [safe]: text };
}

/** The HTML as text. */
export function htmlText(markup: Markup): string {
  return markup[safe];
}

/** Joins content with a separator. */
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

/** Escapes the same in text and in attributes, so that the place of a value does not matter. */
function escaped(text: string): string {
  return inert(text, Number.POSITIVE_INFINITY).replace(/[&<>"]/g, (character) => entities[character] ?? '');
}
