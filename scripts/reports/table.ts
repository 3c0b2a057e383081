/** Rows of cells in columns, separated and indented by two spaces; right-aligned, except the columns in `left`. */
export function table(rows: readonly (readonly string[])[], left: readonly number[] = [0]): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) => {
    const cells = row.map((cell, column) =>
      left.includes(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    return `  ${cells.join('  ')}`.trimEnd();
  });
}

/** A label and its text; a row without text is left out. */
export type Labelled = readonly [label: string, text: string | false | undefined];

/** Rows with labels in a column, indented by four. */
export function labelled(rows: readonly Labelled[]): readonly string[] {
  return rows.flatMap(([label, text]) =>
    text === undefined || text === false ? [] : [`    ${label.padEnd(9)} ${text}`],
  );
}
