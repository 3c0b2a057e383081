import { wordsIn } from './cosmetic.ts';
import { listOperands } from './formulas.ts';

/** The subjects of sentences, the most important first: a computation, a value for a missing field, a limit, others. */
export const aspects = ['algorithm', 'default', 'limit', 'prose'] as const;
export type Aspect = (typeof aspects)[number];

const algorithmic =
  /\balgorithm|\bsignature|\bciphertext|\bpadding|算法|签名|加密|\b(?:sha-?\d+|md5|aes|rsa|des|hmac|rs\d+|base64|pkcs|cbc|ecb|gcm|utf-?8|gbk|hex)(?![a-z])/i;
const byDefault = /\bdefault|\bwhen absent|\bif omitted|默认|缺省/i;
const unit =
  'characters?|letters?|digits?|chars?|bytes?|bits?|items?|seconds?|minutes?|hours?|days?|个字符|字符|位|字节|个|秒|分钟|小时|天';
const bound = new RegExp(
  `\\d ?(?:${unit})(?![a-z])|\\d+ ?(?:-|~|to|至|到) ?\\d|\\b(?:max|min|at most|at least|up to|longer than|shorter than|not exceed|length|range|between|limit)|最多|最少|最大|最小|不超过|长度|范围|至少`,
  'i',
);

/** The sentences of a text by aspect; a sentence that names an operand of a formula is about the algorithm. */
export function sentencesByAspect(text: string, formulas: readonly string[]): Readonly<Record<Aspect, string>> {
  const operands = new Set(formulas.flatMap(listOperands).filter((name) => name.length > 2));
  const found: Record<Aspect, string[]> = { algorithm: [], default: [], limit: [], prose: [] };
  for (const sentence of text.split(/\n|(?<=[.!?;])\s+/)) found[findAspect(sentence, operands)].push(sentence);
  return {
    algorithm: found.algorithm.join('\n'),
    default: found.default.join('\n'),
    limit: found.limit.join('\n'),
    prose: found.prose.join('\n'),
  };
}

function findAspect(sentence: string, operands: ReadonlySet<string>): Aspect {
  const names = sentence.toLowerCase().match(/[a-z_]\w*/g) ?? [];
  if (sentence.includes('ƒ') || algorithmic.test(sentence)) return 'algorithm';
  if (operands.size > 0 && names.some((name) => operands.has(name))) return 'algorithm';
  if (byDefault.test(sentence)) return 'default';
  return bound.test(sentence) ? 'limit' : 'prose';
}

/** Words that can reverse the meaning of a sentence. */
const reversing = new Set(
  `not no never none neither nor cannot without with must may only optional required mandatory always unless except either both all any
   before after first last lower upper big little true false null empty absent missing instead least most more less
   不 非 未 无 必须 可选 仅 只 或 和 前 后 大写 小写 真 假 空`.split(/\s+/),
);

/**
 * The important words of a text: numbers, names (`deviceId`, `AES_128`, `URL`) and words that can reverse the meaning. In
 * their order, with duplicates.
 */
export function importantWords(text: string): readonly string[] {
  const chinese = [...reversing].filter((word) => /\p{Script=Han}/u.test(word));
  return wordsIn(text).flatMap((word) => {
    if (/[\d_<>≤≥≠]|.\p{Lu}/u.test(word) || reversing.has(word.toLowerCase())) return [word.toLowerCase()];
    return /\p{Script=Han}/u.test(word) ? chinese.filter((part) => word.includes(part)) : [];
  });
}
