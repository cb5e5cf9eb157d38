// Serves public/, as webpack itself only builds.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const types = { html: 'text/html', js: 'text/javascript' };
createServer(async ({ url }, response) => {
  const path = new URL(url === '/' ? '/index.html' : url, 'http://localhost').pathname;
  const body = await readFile(`public${path}`).catch(() => undefined);
  const type = types[path.split('.').at(-1)] ?? 'application/octet-stream';
  response.writeHead(body ? 200 : 404, { 'content-type': type }).end(body);
}).listen(Number(process.env.PORT), '127.0.0.1');
