import { inert } from '../../../../contract/inert.ts';

/** A number and its unit stay on one line. */
const noBreak = '\u00a0';

/** A count with its noun: `1 request`, `12,400 requests`. */
export function countedText(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A count with a thousands separator: `12,400`. */
export function countText(count: number): string {
  return count.toLocaleString('en', { maximumFractionDigits: 1 });
}

/** Milliseconds with three significant digits, or seconds from one second on: `0.600 ms`, `57.7 ms`, `1.25 s`. */
export function msText(ms: number): string {
  const [value, unit] = toUnit(ms);
  if (value === 0) return `0${noBreak}ms`;
  // A latency is known to the microsecond.
  const text = unit === 'ms' && Math.abs(value) < 1 ? value.toFixed(3) : threeDigits(value);
  return `${text}${noBreak}${unit}`;
}

/** The same for a round tick: `0.5 ms`, `10 ms`, `2 s`. */
export function msTick(ms: number): string {
  const [value, unit] = toUnit(ms);
  return `${value.toLocaleString('en', { maximumSignificantDigits: 3 })}${noBreak}${unit}`;
}

function threeDigits(value: number): string {
  return Math.abs(value) < 1000 ? value.toPrecision(3) : countText(value);
}

function toUnit(ms: number): readonly [number, string] {
  return Math.abs(ms) >= 999.5 ? [ms / 1000, 's'] : [ms, 'ms'];
}

/** The same with its sign: `+0.31 ms`. */
export function addedText(ms: number): string {
  return ms < 0 ? `−${msText(-ms)}` : `+${msText(ms)}`;
}

/** A ratio as a change: `+5.2 %`, or `×3.4` for a large one. */
export function changeText(ratio: number): string {
  if (ratio >= 3) return `×${Number(ratio.toPrecision(3))}`;
  const change = Math.round((ratio - 1) * 1000) / 10;
  if (change === 0) return `0${noBreak}%`;
  return change < 0 ? `−${-change}${noBreak}%` : `+${change}${noBreak}%`;
}

/** A moment of a run: `5 s`, `2 min`, `1.5 h`. */
export function momentText(seconds: number): string {
  if (seconds >= 7_200) return `${Number((seconds / 3_600).toPrecision(3))}${noBreak}h`;
  if (seconds >= 60 && seconds % 30 === 0) return `${seconds / 60}${noBreak}min`;
  return `${Number(seconds.toPrecision(4))}${noBreak}s`;
}

/** A share in percent; 0 and 100 only for exactly nothing and all. */
export function shareText(part: number, whole: number): string {
  if (whole <= 0) return `0${noBreak}%`;
  const percent = (part / whole) * 100;
  if (part > 0 && percent < 0.1) return `under 0.1${noBreak}%`;
  if (part < whole && percent > 99.9) return `over 99.9${noBreak}%`;
  return `${Number(percent.toPrecision(percent < 10 ? 2 : 3))}${noBreak}%`;
}

/** Short text for a drawing, where text cannot wrap. */
export function shortText(text: string, most = 34): string {
  const safe = inert(text, Number.POSITIVE_INFINITY);
  return safe.length <= most ? safe : `${[...safe].slice(0, most - 1).join('')}…`;
}

const list = new Intl.ListFormat('en-GB');

/** A list as text: `a, b and c`. */
export function listText(items: readonly string[]): string {
  return list.format(items);
}
