/** Why a run ends before all of its cases have run, where no one interrupted it: the reason of an abort signal. */
export class CutShort extends Error {}

/** The message of a signal that cut a run short; undefined where it did not. */
export function cutShortBy({ reason }: AbortSignal): string | undefined {
  return reason instanceof CutShort ? reason.message : undefined;
}

/** A signal that is aborted with another one, or once a run has taken its time. */
export function withTimeLimit(signal: AbortSignal, seconds: number): Disposable & { readonly signal: AbortSignal } {
  const over = new AbortController();
  const timer = setTimeout(
    () => over.abort(new CutShort(`the time limit of ${durationText(seconds)} was reached`)),
    seconds * 1_000,
  );
  return { signal: AbortSignal.any([signal, over.signal]), [Symbol.dispose]: () => clearTimeout(timer) };
}

/** `10 min`, `90 s`: in minutes where they are whole. */
function durationText(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
