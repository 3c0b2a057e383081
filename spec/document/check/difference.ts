/** A place in a file of the project or of the user. */
export type Place = {
  readonly file: string;
  readonly line: number;
  /** JSON pointer, in a YAML file. */
  readonly pointer?: string;
};

/** What differs. */
export type DifferenceKind =
  | 'method'
  | 'title'
  | 'mediaType'
  | 'field'
  | 'type'
  | 'required'
  | 'enumeration'
  | 'description'
  | 'code'
  | 'meaning';

/** One thing that the page and the contract say differently, with where each says it. */
export type Difference = {
  readonly kind: DifferenceKind;
  /** What it is about: a field with the names of those around it, or a code. */
  readonly subject: string;
  /** What the page says; absent where it says nothing. */
  readonly page?: string;
  readonly contract?: string;
  readonly pageAt: Place;
  readonly contractAt: Place;
};
