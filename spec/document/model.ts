/** A position in a file: the line (counted from 1) and, in YAML or JSON, the JSON pointer. */
export type Place = { readonly line: number; readonly pointer?: string };

/** A text of the page with its position. */
export type PlacedText = Place & { readonly text: string };

/** One row of a table of parameters, with the rows indented below it. */
export type DocumentField = Place & {
  readonly name: string;
  /** `<br/>` is replaced by a line break. */
  readonly description: string;
  /** `body`, `query`, `path`, `header`, `form` …, as on the page; absent if the cell is empty or missing. */
  readonly in?: string;
  /** Absent if the table has no such column. */
  readonly required?: boolean;
  /** Swagger's type, such as `integer(int32)`, `array` or the name of a class. */
  readonly type: string;
  /** The class of the type, or the type of an array's items; often empty. */
  readonly schema: string;
  /** The values of an enumeration in the description, such as `1-WAN`. */
  readonly options: readonly { readonly value: string; readonly meaning: string }[];
  readonly fields: readonly DocumentField[];
};

/** One row of the status table. */
export type DocumentedStatus = Place & {
  readonly code: number;
  readonly meaning: string;
  readonly schema: string;
};

/** A code block with a body. Its position is the opening fence. */
export type DocumentedExample = Place & {
  /** The text after the opening fence. */
  readonly language: string;
  readonly text: string;
  /** The parsed value; absent if the text is not JSON. */
  readonly value?: unknown;
};

/** The body of one answer. A page with several answers has the status of each. */
export type DocumentedResponse = Place & {
  readonly code?: number;
  readonly headers: readonly DocumentField[];
  readonly fields: readonly DocumentField[];
  readonly example?: DocumentedExample;
};

/** A text on the page that the reader does not understand. */
export type NotUnderstood = PlacedText & { readonly why: string };

/** One operation of the vendor's export. It has everything on the page; unknown texts are in `notUnderstood`. */
export type VendorDocument = {
  readonly file: string;
  /** The language of its headings. */
  readonly language: 'en' | 'zh';
  readonly title?: PlacedText;
  readonly path: PlacedText;
  /** In upper case. */
  readonly method: PlacedText;
  readonly requestType?: PlacedText;
  readonly responseType?: PlacedText;
  readonly description?: PlacedText;
  readonly requestExample?: DocumentedExample;
  readonly parameters: readonly DocumentField[];
  readonly statuses: readonly DocumentedStatus[];
  readonly responses: readonly DocumentedResponse[];
  /** Known lines that are not part of the contract: host, version, author. */
  readonly remarks: readonly (PlacedText & { readonly label: string })[];
  readonly notUnderstood: readonly NotUnderstood[];
};
