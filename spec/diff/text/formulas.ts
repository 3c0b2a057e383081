const name = /[A-Za-z_][\w.]*/y;

/** The formulas in a normalised text: `SHA256(name+id)`, nested calls, or `name+id`; and the text with a mark for each one. */
export function formulasIn(text: string): { readonly formulas: readonly string[]; readonly rest: string } {
  const formulas: string[] = [];
  let rest = '';
  let from = 0;
  for (const { index } of text.matchAll(/(?<![\w.])[A-Za-z_]/g)) {
    if (index < from) continue;
    const end = expressionEnd(text, index);
    const expression = text.slice(index, end);
    if (!isFormula(expression)) continue;
    formulas.push(expression);
    rest += `${text.slice(from, index)}ƒ`;
    from = end;
  }
  return { formulas, rest: rest + text.slice(from) };
}

/** A formula without white space and in lower case. */
export function plainFormula(formula: string): string {
  return formula.replace(/\s+/g, '').toLowerCase();
}

/** The names of a formula's operands. */
export function listOperands(formula: string): readonly string[] {
  return (formula.match(/[A-Za-z_]\w*(?!\w*\()/g) ?? []).map((operand) => operand.toLowerCase());
}

/** A sum is a formula, and a call with more than one word in it; a single name is not. */
function isFormula(expression: string): boolean {
  return (
    /\w\s*(?:\+|\|\|)\s*\w/.test(expression) ||
    /^\w+\(.*[(,=+|].*\)/s.test(expression) ||
    /^[A-Z][A-Z0-9_]+\(\w+\)$/.test(expression)
  );
}

function expressionEnd(text: string, start: number): number {
  let at = termEnd(text, start);
  for (;;) {
    const joint = /\s*(?:\+|\|\|)\s*(?=[A-Za-z_("'])/y;
    joint.lastIndex = at;
    const found = joint.exec(text);
    if (found === null) return at;
    at = termEnd(text, at + found[0].length);
  }
}

function termEnd(text: string, start: number): number {
  const quote = text[start];
  if (quote === '"' || quote === "'") return endOfQuote(text, start, quote);
  name.lastIndex = start;
  const afterName = start + (name.exec(text)?.[0].length ?? 0);
  return text[afterName] === '(' ? closing(text, afterName) : Math.max(afterName, start + 1);
}

function endOfQuote(text: string, start: number, quote: string): number {
  const end = text.indexOf(quote, start + 1);
  return end < 0 ? start + 1 : end + 1;
}

/** The position after the bracket that closes the one at `open`, or `open` if there is no such bracket. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return open;
}
