import { expect } from '@open-wc/testing';
import { embeddingPage } from '../../../src/widget/embedding-page.js';

async function frame(
  attributes: Partial<Pick<HTMLIFrameElement, 'src' | 'srcdoc'>>,
): Promise<HTMLIFrameElement> {
  const element = Object.assign(document.createElement('iframe'), attributes);
  const loaded = new Promise((resolve) => {
    element.onload = resolve;
  });
  document.body.append(element);
  await loaded;
  return element;
}

describe('the page that embeds', () => {
  it('is the document itself where it has an address', () => {
    expect(embeddingPage()).to.deep.equal({ host: location.host, search: location.search });
  });

  for (const [what, attributes] of [
    ['srcdoc', () => ({ srcdoc: '<p>x' })],
    ['about:blank', () => ({ src: 'about:blank' })],
    ['blob:', () => ({ src: URL.createObjectURL(new Blob(['<p>x'], { type: 'text/html' })) })],
  ] as const)
    it(`is the nearest ancestor with a host for a document of ${what}`, async () => {
      const element = await frame(attributes());
      const view = element.contentWindow as Window;
      expect(view.location.host).to.equal('');
      expect(embeddingPage(view)).to.deep.equal({ host: location.host, search: location.search });
      element.remove();
    });

  const sandboxed = (more: object): Window => {
    const view = {
      location: { host: '', search: '' },
      origin: 'null',
      document: { referrer: '', baseURI: 'about:srcdoc' },
      get parent(): Window {
        throw new DOMException('Blocked', 'SecurityError');
      },
    };
    return Object.assign(view, more) as unknown as Window;
  };

  it('is known by its host alone from a sandbox', () => {
    expect(
      embeddingPage(
        sandboxed({ location: { host: '', search: '', ancestorOrigins: ['https://a.example:81'] } }),
      ),
    ).to.deep.equal({ host: 'a.example:81', search: '' });
    expect(
      embeddingPage(sandboxed({ document: { referrer: 'https://b.example/?q', baseURI: 'about:srcdoc' } })),
    ).to.deep.equal({ host: 'b.example', search: '' });
  });

  it('is nobody’s where nothing tells it', () => {
    expect(embeddingPage(sandboxed({}))).to.deep.equal({ host: '', search: '' });
  });
});
