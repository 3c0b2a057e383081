/** Where something stands in its file: the line (the first is 1) and, in YAML or JSON, the JSON pointer. */
export type Place = { readonly line: number; readonly pointer?: string };

/** A text of the page and where it stands. */
export type PlacedText = Place & { readonly text: string };

/** One value of an enumeration that a description spells out, as `1-WAN`. */
export type DocumentedOption = { readonly value: string; readonly meaning: string };

/** One row of a table of parameters, with the rows indented below it. */
export type DocumentField = Place & {
  readonly name: string;
  /** `<br/>` has become a line break. */
  readonly description: string;
  /** `body`, `query`, `path`, `header`, `form` …, as the page has it; absent where the cell is empty or not there. */
  readonly in?: string;
  /** Absent where the table has no such column. */
  readonly required?: boolean;
  /** Swagger's word, as `integer(int32)`, `array` or the name of a class. */
  readonly type: string;
  /** The class behind the type, or what an array holds; often empty. */
  readonly schema: string;
  readonly options: readonly DocumentedOption[];
  readonly fields: readonly DocumentField[];
};

/** One row of the status table. */
export type DocumentedStatus = Place & {
  readonly code: number;
  readonly meaning: string;
  readonly schema: string;
};

/** A code block that shows a body. Its place is that of its first fence. */
export type DocumentedExample = Place & {
  /** What stands behind the opening fence. */
  readonly language: string;
  readonly text: string;
  /** The parsed value; absent where the text is not JSON. */
  readonly value?: unknown;
};

/** The body of one answer. A page with several names the status of each. */
export type DocumentedResponse = Place & {
  readonly code?: number;
  readonly headers: readonly DocumentField[];
  readonly fields: readonly DocumentField[];
  readonly example?: DocumentedExample;
};

/** Something on the page that the reader found no place for. */
export type NotUnderstood = PlacedText & { readonly why: string };

/** One operation of the vendor's export. Everything on the page is in it, `notUnderstood` included. */
export type VendorDocument = {
  readonly file: string;
  /** The language of its headings, hence of its words. */
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
  /** Lines beside the operation that are understood and mean nothing to the contract: host, version, author. */
  readonly remarks: readonly (PlacedText & { readonly label: string })[];
  readonly notUnderstood: readonly NotUnderstood[];
};
