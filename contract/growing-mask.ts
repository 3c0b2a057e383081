import type { Fixture } from '../spec/states.ts';
import type { Mask } from './mask.ts';
import { escapedForms, secretsOf, shortestSecret } from './mask.ts';

/** A mask that learns the secrets of one device after another. */
export type GrowingMask = { readonly learn: (fixture: Fixture) => void; readonly mask: Mask };

/**
 * A mask for a whole run: a thousand devices have fifty thousand forms of secrets, too many to look for one by one.
 * The forms stand under their first characters, so that each place of a text is looked up once.
 */
export function growingMask(): GrowingMask {
  const byStart = new Map<string, [form: string, name: string][]>();
  const known = new Set<string>();

  const learn = (form: string, name: string): void => {
    if (form.length < shortestSecret || known.has(form)) return;
    known.add(form);
    const start = form.slice(0, shortestSecret);
    const forms = byStart.get(start) ?? [];
    byStart.set(start, forms);
    // The longest first, or a part of a secret would be taken for the whole.
    const at = forms.findIndex(([other]) => other.length < form.length);
    forms.splice(at < 0 ? forms.length : at, 0, [form, name]);
  };

  return {
    learn: (fixture) => {
      for (const [name, value] of secretsOf(fixture)) {
        if (value.length < shortestSecret) continue;
        for (const form of escapedForms(value)) learn(lowerCase(form), name);
      }
    },
    mask: (text) => {
      const lower = lowerCase(text);
      let masked = '';
      let from = 0;
      for (let at = 0; at + shortestSecret <= lower.length; at += 1) {
        const found = byStart.get(lower.slice(at, at + shortestSecret))?.find(([form]) => lower.startsWith(form, at));
        if (found === undefined) continue;
        const [form, name] = found;
        masked += `${text.slice(from, at)}«${name}»`;
        from = at + form.length;
        at = from - 1;
      }
      return masked + text.slice(from);
    },
  };
}

/** ASCII alone: some letters change their length with their case, and places would no longer match. */
function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
