/** A token on its way from its field to the file, which nobody can read any more once it is forgotten. */

/**
 * React keeps old states and properties, and the query client what a change was sent with. They hold
 * this object in place of the text, so that forgetting it once empties all of them.
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

  /** One of its own, for whoever must not lose it with the form. */
  copy(): TypedToken {
    return new TypedToken(this.#text.trim());
  }

  forget(): void {
    this.#text = "";
  }
}
