/** Characters of a name that the server takes. */
export const MOST_IN_NAME = 200;
/** Features of one change: it stands in the address, and what is longer no browser reopens. */
export const MOST_IN_CHANGE = 500;
