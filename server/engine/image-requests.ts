/** How the page at the other end of a leg brings a picture of whoever is there (6.1.5.5). */
export interface ImageRequest {
  /** Where to, at the address by which the page has asked for its call token. */
  readonly path: string;
  /** Good for this one picture. */
  readonly token: string;
  readonly expiresAt: number;
  /** No more than so large, in bytes. */
  readonly maxBytes: number;
}

/** Pictures that pages are asked for: they go by HTTP, and those who ask for them by telephone have the page told how. */
export interface ImageRequests {
  /** Undefined while too many are asked for. */
  readonly open: (leg: string, image: string) => ImageRequest | undefined;
}
