import { pack, packedResponse } from './packed.js';
import type { Answer } from './secure-server.js';
import type { Weight } from './weight.js';

/** Headers that describe a connection, not what is asked for. */
const OWN_HEADERS = [
  'host',
  'connection',
  'keep-alive',
  'accept-encoding',
  'content-length',
  'transfer-encoding',
];

const COMPRESSED = /^(text\/|application\/json|image\/svg)/;

const forwarded = (headers: Headers): Headers => {
  const all = new Headers(headers);
  for (const name of OWN_HEADERS) all.delete(name);
  return all;
};

/** The local scheduling service as a hosted one sends it: with TLS, compressed, its files kept by browsers, its page heavy. */
export function scheduler(service: string, weight: Weight): Answer {
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    const file = weight.file(pathname);
    if (file) return packedResponse(file);
    const { method } = request;
    const answer = await fetch(service + pathname + search, {
      method,
      headers: forwarded(request.headers),
      redirect: 'manual',
      ...(method !== 'GET' && method !== 'HEAD' && { body: await request.arrayBuffer() }),
    });
    const headers = forwarded(answer.headers);
    headers.delete('content-encoding');
    const type = headers.get('content-type') ?? '';
    if (pathname.startsWith('/embed/') || /^\/__page\/.*\.(js|css|svg)$/.test(pathname))
      headers.set('cache-control', 'max-age=3600');
    const body = new Uint8Array(await answer.arrayBuffer());
    if (body.length === 0 || !COMPRESSED.test(type))
      return new Response(body.length > 0 ? body : null, { status: answer.status, headers });
    const isPage = type.startsWith('text/html');
    const text = isPage ? weight.load(new TextDecoder().decode(body)) : body;
    const packed = pack(text, type);
    headers.set('content-type', type);
    headers.set('content-encoding', 'br');
    return new Response(packed.body, { status: answer.status, headers });
  };
}
