// `npm start`: the page is rendered here and hydrated in the browser.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { render } from './dist/server/server.js';

const page = readFileSync('dist/client/index.html', 'utf8');

createServer(({ url }, response) => {
  const { pathname } = new URL(url, 'http://localhost');
  if (/^\/assets\/[\w.-]+$/.test(pathname)) {
    response.setHeader('content-type', extname(pathname) === '.js' ? 'text/javascript' : 'text/css');
    response.end(readFileSync(`dist/client${pathname}`));
  } else response.setHeader('content-type', 'text/html').end(page.replace('<!--app-->', render()));
}).listen(3000, () => console.log('http://localhost:3000'));
