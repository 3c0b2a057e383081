/** Something that the page does not say and an OpenAPI document must. `line` is where the page would have said it. */
export type Guess = { readonly line: number; readonly text: string };
