import type { DocumentedCode } from '../../../operation.ts';
import { checkKey, type Declared, type DeclaredCheck, type DeclaredField, fieldThatIs, type Role } from '../model.ts';
import { leafName } from './derive-fields.ts';
import { type KnownCode, knownCodes } from './known-codes.ts';

/** A request that the checks are derived for: its fields, with what is known of each. */
export type Request = Pick<Declared, 'id' | 'fields'>;

/** What brings each code of a page, in the usual order of checks; a guess is marked. */
export function deriveChecks(codes: readonly DocumentedCode[], request: Request): readonly DeclaredCheck[] {
  const used = new Set<string>();
  const checks = codes
    .filter(({ code }) => code !== 200 && code !== 0)
    .map((one) => {
      const check = derive(one, request, used);
      used.add(checkKey(check));
      return check;
    });
  const order = ['token:missing', 'token:bad', 'absent:', 'malformed:', 'longer:', 'state:'];
  const rank = (check: DeclaredCheck): number => order.findIndex((kind) => checkKey(check).startsWith(kind));
  // An object comes before its fields: without it, they are missing too.
  const depth = ({ absent = '' }: DeclaredCheck): number => absent.split('.').length;
  return checks.toSorted((a, b) => rank(a) - rank(b) || depth(a) - depth(b));
}

function derive(one: DocumentedCode, request: Request, used: ReadonlySet<string>): DeclaredCheck {
  const candidates = [fromKnown(one, request), fromToken(one), fromField(one, request)];
  const found = candidates.find((check) => check !== undefined && !used.has(checkKey(check)));
  const { code } = one;
  const meaning = oneLine(one.meaning);
  const task = `What brings ${code} ("${meaning}")? Write this state in the states handler, or name a field: absent, malformed or longer.`;
  return found ?? { code, state: `${code}: ${meaning}`, guess: true, task };
}

function fromKnown({ code, meaning }: DocumentedCode, request: Request): DeclaredCheck | undefined {
  const known = knownCodes.find((one) => one.code === code && one.says.test(meaning));
  if (known === undefined) return undefined;
  if ('token' in known) return { code, token: known.token };
  if ('absent' in known) {
    const field = fieldThatIs(known.absent, request);
    return field?.required === true ? { code, absent: field.name } : undefined;
  }
  if ('malformed' in known) {
    const field = fieldThatIs(known.malformed, request);
    return field && { code, malformed: field.name };
  }
  if ('longer' in known) {
    const field = fieldThatIs(known.longer, request);
    if (field === undefined) return undefined;
    const task = `Is ${known.limit} the longest ${field.name}? The page names no limit.`;
    return { code, longer: field.name, limit: known.limit, guess: true, task };
  }
  return fromState(known, request);
}

function fromState(known: Extract<KnownCode, { state: string }>, request: Request): DeclaredCheck | undefined {
  const { code, state, needs = [], with: roles = [], repeat } = known;
  if (needs.some((role) => fieldThatIs(role, request) === undefined)) return undefined;
  const names = roles.flatMap((role) => fieldThatIs(role, request)?.name ?? []);
  const repeats = repeat !== undefined && effectOf(request) === repeat;
  // Only an operation that unbinds refuses a device without a bind.
  if (repeat === 'unbind' && !repeats) return undefined;
  return {
    code,
    state,
    ...(names.length > 0 && { with: names }),
    ...(repeats && { repeat: true as const }),
    guess: true,
    task: `Does the state "${state}" bring ${code}? It does in deviceBindingByPureBt.`,
  };
}

/** Whether an operation binds or unbinds a device, by its name. */
export function effectOf({ id }: Pick<Request, 'id'>): 'bind' | 'unbind' | undefined {
  if (/unb(?:ind|undl|ound)/i.test(id)) return 'unbind';
  return /^(?:bind|device_?bind)/i.test(id) ? 'bind' : undefined;
}

function fromToken({ code, meaning }: DocumentedCode): DeclaredCheck | undefined {
  if (!/\b(?:access )?token\b|令牌/i.test(meaning) || /refresh/i.test(meaning)) return undefined;
  const token = asks.test(meaning) ? 'missing' : 'bad';
  return { code, token, guess: true, task: `Is ${code} the code for a ${token} token in the Authorization header?` };
}

/** Descriptions that ask for a value, that say it is too long, or that its format is wrong. */
const asks =
  /please (?:enter|input|provide)|required|missing|(?:can|must|may) ?not be (?:empty|null|blank)|请输入|请填写|不能为空|缺少/i;
const tooLong = /too long|exceeds?|length limit|超过|过长|长度/i;
const badFormat = /incorrect|invalid|wrong|malformed|format|illegal|格式|非法|错误/i;

function fromField({ code, meaning }: DocumentedCode, request: Request): DeclaredCheck | undefined {
  const about = (text: RegExp): string => meaning.replace(text, ' ');
  if (asks.test(meaning)) {
    const wanted = request.fields.filter(({ required, place }) => required && place !== 'path');
    const exact = wanted.find((field) => isNamed(field, about(asks), true));
    if (exact !== undefined) return { code, absent: exact.name };
    const near = wanted.filter((field) => isNamed(field, meaning, false));
    const [only] = near.length > 0 ? near : wanted;
    if (only === undefined || (near.length !== 1 && wanted.length !== 1)) return undefined;
    const task = `Is ${code} ("${oneLine(meaning)}") the code for a missing ${only.name}?`;
    return { code, absent: only.name, guess: true, task };
  }
  const texts = request.fields.filter(({ type, listed }) => type === 'string' && listed.length === 0);
  const near = texts.filter((field) => isNamed(field, meaning, false) && hasValue(field));
  const [only] = near;
  if (only === undefined || near.length > 1) return undefined;
  if (tooLong.test(meaning)) {
    const task = `What is the longest ${only.name}? The page names no limit.`;
    return { code, longer: only.name, limit: 64, guess: true, task };
  }
  if (!badFormat.test(meaning)) return undefined;
  const task = `Is ${code} the code for a ${only.name} with a wrong format?`;
  return { code, malformed: only.name, guess: true, task };
}

/** Only a field that is sent can be broken. */
function hasValue({ facts }: DeclaredField): boolean {
  return [facts.is, facts.from, facts.value, facts.values].some((one) => one !== undefined);
}

const usualWords: Readonly<Partial<Record<Role, readonly string[]>>> = {
  pk: ['productkey', '产品key', '产品密钥'],
  dk: ['devicekey', '设备key', '设备密钥'],
  fid: ['familyid', '家庭id'],
  frid: ['roomid', '房间id'],
  deviceName: ['devicename', '设备名称'],
};

/** Whether a text names a field: by its name, its description, or the usual words for its value. */
function isNamed(field: DeclaredField, text: string, exactly: boolean): boolean {
  const { facts, description } = field;
  const names = [
    leafName(field),
    description.split('\n')[0] ?? '',
    ...(usualWords[facts.is ?? 'isCommonDevice'] ?? []),
  ];
  const said = bare(text);
  return names.map(bare).some((name) => name.length > 1 && (exactly ? said === name : said.includes(name)));
}

function bare(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase();
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
