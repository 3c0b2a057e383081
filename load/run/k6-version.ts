/** The k6 that is brought where none is installed: the one place that names it. */
export const k6Version = '2.2.0';

/** The oldest k6 that can run the scripts: the first with `TextEncoder`. */
export const oldestK6 = '2.2.0';
