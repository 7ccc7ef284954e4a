import { expect } from '@open-wc/testing';
import { waitUntil } from '../../../helpers/wait-until.js';
import { service } from '../../../helpers/service.js';
import { newHost } from '../../../helpers/widget.js';

const ELEMENT = new URL('../../../../src/entries/define.ts', import.meta.url).href;

describe('document without a host of its own', () => {
  const frames: HTMLIFrameElement[] = [];
  const markup = (host: string): string =>
    `<!doctype html><script type="module" src="${ELEMENT}"></script>
     <booking-widget provider="calendly" loading="eager" src="${service.calendly}/${host}/30min"
       prefill-name="Ana Ruiz" style="display:block;min-height:400px"></booking-widget>`;
  const show = (fill: (frame: HTMLIFrameElement) => void): HTMLIFrameElement => {
    const frame = document.createElement('iframe');
    frame.style.cssText = 'position:fixed;inset:0;width:700px;height:600px';
    fill(frame);
    frames.push(frame);
    document.body.append(frame);
    return frame;
  };
  const DOCUMENTS: Readonly<Record<string, (html: string) => HTMLIFrameElement>> = {
    'a srcdoc document': (html) =>
      show((frame) => {
        frame.srcdoc = html;
      }),
    'a blob document': (html) =>
      show((frame) => {
        frame.src = URL.createObjectURL(new Blob([html], { type: 'text/html' }));
      }),
    'a document that is written into about:blank': (html) => {
      const frame = show(() => undefined);
      const { head, body } = new DOMParser().parseFromString(html, 'text/html');
      const inside = frame.contentDocument;
      const script = inside?.createElement('script');
      if (!inside || !script) throw new Error('the frame has no document');
      Object.assign(script, { type: 'module', src: ELEMENT });
      head.querySelector('script')?.remove();
      inside.body.append(...[...body.children].map((child) => inside.importNode(child, true)));
      inside.head.append(script);
      return frame;
    },
  };

  afterEach(() => {
    for (const frame of frames.splice(0)) frame.remove();
    history.replaceState(null, '', location.pathname);
  });

  for (const [what, open] of Object.entries(DOCUMENTS))
    it(`a Calendly widget in ${what} is ready and gets prefill and campaign parameters`, async () => {
      history.replaceState(null, '', '?utm_source=news');
      const { contentDocument } = open(markup(newHost()));
      const widgetIn = (): Element | null | undefined =>
        (frames[0]?.contentDocument ?? contentDocument)?.querySelector('booking-widget');
      await waitUntil(() => widgetIn()?.matches(':state(ready)'), 'the calendar was never ready');
      const src = widgetIn()?.shadowRoot?.querySelector<HTMLIFrameElement>('[part~=frame]')?.src ?? '';
      const { searchParams } = new URL(src);
      expect(searchParams.get('name')).to.equal('Ana Ruiz');
      expect(searchParams.get('embed_domain')).to.not.equal('');
      expect(searchParams.get('utm_source')).to.equal('news');
    });
});
