/** Callers whom a web page has let in, each by a token of its own: one call to one number, soon, and nothing else. */
export interface Guests {
  /** Whether a name is of the form of guests' names, be it one that is forgotten. */
  readonly isGuest: (user: string) => boolean;
  /** The password of a guest, also of one whose time is over: that is then said instead of asked for again. */
  readonly secretOf: (user: string) => string | undefined;
  /** Takes the one call that a guest has; undefined where it may not call that number, any more or at all. */
  readonly use: (user: string, called: string) => { readonly caller: string } | undefined;
  /** Whether a page of that origin was given this guest's token. */
  readonly isOf: (user: string, origin: string) => boolean;
}
