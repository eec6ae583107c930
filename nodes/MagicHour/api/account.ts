/** The account that an API key belongs to: it costs nothing, so it also tests the key. */
export const accountPath = '/v1/account';
