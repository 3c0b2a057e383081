import type * as Refa from 'refa';
import { loadLater } from '../spec/load-later.ts';
import { type Random, seededRandom } from './random.ts';

/** The shortest and longest text that a pattern matches completely, in characters; no `longest` means no upper limit. */
export type Lengths = { readonly shortest: number; readonly longest: number | undefined };

/** One character class with a quantifier. Most patterns of keys and codes look like this; they need no automaton. */
const oneClass = /^(\[(?:[^\]\\^[]|\\[\w-])+\]|\\[dw])(?:\{(\d+)(,(\d*))?\}|([+*?]?))$/;

const printable = Array.from({ length: 0x7f - 0x20 }, (_, at) => String.fromCharCode(0x20 + at));

const known = new Map<string, Lengths | undefined>();

/**
 * The lengths that a pattern allows; undefined if it matches nothing.
 * @param pattern source of a regular expression that must match the complete text.
 */
export function patternLengths(pattern: string): Lengths | undefined {
  if (!known.has(pattern)) known.set(pattern, simpleLengths(pattern) ?? automatonLengths(pattern));
  return known.get(pattern);
}

/** A text of the given length that a pattern matches; undefined if no such text was found. */
export function textOfLength(pattern: string, length: number, random: Random): string | undefined {
  const [, characters] = oneClass.exec(pattern) ?? [];
  const matches = new RegExp(`^(?:${pattern})$`);
  if (characters !== undefined) {
    const one = new RegExp(`^${characters}$`);
    const choices = withoutSpace(printable.filter((character) => one.test(character)));
    if (choices.length === 0) return undefined;
    const text = random.string.fromCharacters(choices, length);
    return matches.test(text) ? text : undefined;
  }
  const text = randomWalk(pattern, length, random);
  return text !== undefined && matches.test(text) ? text : undefined;
}

/** Avoids spaces if possible: a server may trim them at the ends of a text. */
function withoutSpace(choices: readonly string[]): readonly string[] {
  const others = choices.filter((character) => character !== ' ');
  return others.length > 0 ? others : choices;
}

function simpleLengths(pattern: string): Lengths | undefined {
  const found = oneClass.exec(pattern);
  if (found === null) return undefined;
  const [, , least, range, most, sign] = found;
  if (least !== undefined) {
    const shortest = Number(least);
    if (range === undefined) return { shortest, longest: shortest };
    return { shortest, longest: most === '' ? undefined : Number(most) };
  }
  return { shortest: sign === '*' || sign === '?' ? 0 : 1, longest: sign === '+' || sign === '*' ? undefined : 1 };
}

/** Loading takes as long as a hundred requests. */
const refa = loadLater<typeof Refa>('refa');

function automaton(pattern: string): Refa.NFA {
  const { NFA, JS, Transformers, transform } = refa();
  const { expression, maxCharacter } = JS.Parser.fromLiteral({ source: pattern, flags: '' }).parse();
  const plain = transform(Transformers.applyAssertions(), expression);
  // The automaton ignores the remaining assertions, so each text made from it is checked with the pattern itself.
  return NFA.fromRegex(plain, { maxCharacter }, { assertions: 'ignore' });
}

function automatonLengths(pattern: string): Lengths | undefined {
  const nfa = automaton(pattern);
  if (nfa.isEmpty) return undefined;
  let shortest: number | undefined;
  let longest = 0;
  // Layer by layer. A finite language has no more layers than states.
  let layer = new Set<Refa.NFA.ReadonlyNode>([nfa.initial]);
  for (let length = 0; layer.size > 0 && (nfa.isFinite || shortest === undefined); length += 1) {
    if ([...layer].some((node) => nfa.finals.has(node as Refa.NFA.Node))) {
      shortest ??= length;
      longest = length;
    }
    layer = new Set([...layer].flatMap((node) => [...node.out.keys()]));
  }
  const lengths = { shortest: shortest ?? 0, longest: nfa.isFinite ? longest : undefined };
  return /\(\?<?[=!]|\\[bB]|[$^]/.test(pattern) ? confirmLengths(pattern, lengths) : lengths;
}

/** How many texts of one length are tried, because assertions may refuse some. */
const tries = 20;
/** How many lengths are tried from either end. */
const reach = 64;

/** The lengths for which a matching text was found, with assertions checked. */
function confirmLengths(pattern: string, { shortest, longest }: Lengths): Lengths | undefined {
  const exists = (length: number): boolean =>
    Array.from({ length: tries }, (_, at) => seededRandom(at, pattern)).some(
      (random) => textOfLength(pattern, length, random) !== undefined,
    );
  const all = Array.from({ length: Math.min(reach, (longest ?? shortest + reach) - shortest + 1) }, (_, at) => at);
  const first = all.map((at) => shortest + at).find(exists);
  if (first === undefined) return undefined;
  return {
    shortest: first,
    longest: longest === undefined ? undefined : (all.map((at) => longest - at).find(exists) ?? first),
  };
}

/** A random path of the given length from the start of the automaton to an end. */
function randomWalk(pattern: string, length: number, random: Random): string | undefined {
  const nfa = automaton(pattern);
  const ends = new Map<string, boolean>();
  const ids = new Map<Refa.NFA.ReadonlyNode, number>();
  const nodeId = (node: Refa.NFA.ReadonlyNode): number => ids.get(node) ?? ids.set(node, ids.size).size - 1;
  const canEnd = (node: Refa.NFA.ReadonlyNode, left: number): boolean => {
    const key = `${nodeId(node)} ${left}`;
    const kept = ends.get(key);
    if (kept !== undefined) return kept;
    const can =
      left === 0 ? nfa.finals.has(node as Refa.NFA.Node) : [...node.out.keys()].some((next) => canEnd(next, left - 1));
    ends.set(key, can);
    return can;
  };
  let node: Refa.NFA.ReadonlyNode = nfa.initial;
  if (!canEnd(node, length)) return undefined;
  let text = '';
  for (let left = length; left > 0; left -= 1) {
    const ways = [...node.out].filter(([next]) => canEnd(next, left - 1));
    const [next, set] = random.helpers.arrayElement(ways);
    const choices = withoutSpace(printable.filter((character) => set.has(character.charCodeAt(0))));
    const first = set.ranges[0]?.min;
    if (choices.length === 0 && first === undefined) return undefined;
    text += choices.length > 0 ? random.helpers.arrayElement(choices) : String.fromCharCode(first ?? 0);
    node = next;
  }
  return text;
}
