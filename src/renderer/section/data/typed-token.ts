/** A token between its input field and the file. Its text can be erased from memory. */

/**
 * React keeps old states and props, and the query client keeps the input of a change. They all hold
 * this object instead of the text, so that one call of `forget` erases it everywhere.
 */
export class TypedToken {
  #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Empty after `forget`. */
  get text(): string {
    return this.#text;
  }

  /** An independent copy that survives when the form forgets its token. */
  copy(): TypedToken {
    return new TypedToken(this.#text.trim());
  }

  forget(): void {
    this.#text = "";
  }
}
