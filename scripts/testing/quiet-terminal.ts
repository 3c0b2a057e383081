import type { Terminal } from '../terminal.ts';

/** A terminal that shows nothing. */
export const quietTerminal: Terminal = {
  out: () => undefined,
  note: () => undefined,
  progress: () => undefined,
  style: (_, text) => text,
};
