/**
 * Opens a link by which n8n asks a person to decide, as the person's browser does. n8n takes other
 * clients for robots that only look at a link.
 */
export async function openLink(link: string): Promise<Response> {
	const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
	return await fetch(link, { headers: { 'user-agent': browser } });
}
