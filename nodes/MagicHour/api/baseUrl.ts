/** Where Magic Hour's API is. */
export const defaultBaseUrl = 'https://api.magichour.ai';

/** The Base URL of the credential as an expression, without the spaces and slashes around it. */
export const baseUrlExpression = `={{ ($credentials.baseUrl ?? "").trim().replace(/\\/+$/, "") || "${defaultBaseUrl}" }}`;
