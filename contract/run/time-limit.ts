/** The reason of an abort signal that ends a run early without an interruption. */
export class CutShort extends Error {}

/** Why a signal cut a run short; undefined if it did not. */
export function cutShortBy({ reason }: AbortSignal): string | undefined {
  return reason instanceof CutShort ? reason.message : undefined;
}

/** A signal that is aborted with another one, or after a time limit. */
export function withTimeLimit(signal: AbortSignal, seconds: number): Disposable & { readonly signal: AbortSignal } {
  const over = new AbortController();
  const timer = setTimeout(
    () => over.abort(new CutShort(`the time limit of ${durationText(seconds)} was reached`)),
    seconds * 1_000,
  );
  return { signal: AbortSignal.any([signal, over.signal]), [Symbol.dispose]: () => clearTimeout(timer) };
}

/** `10 min`, `90 s`: whole minutes, or else seconds. */
function durationText(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
