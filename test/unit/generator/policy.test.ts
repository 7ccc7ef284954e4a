import { expect } from '@open-wc/testing';
import { checkPolicy } from '../../../demo/gallery/generator/check-policy.js';
import { needsOf, policyText } from '../../../demo/gallery/generator/policy.js';

const NEEDS = needsOf({
  script: 'https://your.site/booking-widget.js',
  frame: 'https://app.cal.com',
  slots: 'https://api.cal.com',
  hasCode: false,
});
const LINE = policyText(NEEDS);

const lacks = (policy: string, needs = NEEDS): readonly string[] | null => checkPolicy(policy, needs).lacks;
const directives = (policy: string): string[] =>
  (lacks(policy) ?? []).map((text) => text.replace(/:.*/, '').replace(/ lacks.*/, ''));

describe('snippet generator: Content-Security-Policy', () => {
  it('the lines are those of the guide, and a policy with them lacks nothing', () => {
    expect(LINE).to.equal(
      'Content-Security-Policy: script-src https://your.site; connect-src https://your.site https://api.cal.com; frame-src https://app.cal.com',
    );
    expect(lacks(LINE)).to.deep.equal([]);
  });

  it('each line that a policy lacks is named with its consequence', () => {
    expect(lacks("default-src 'self'")).to.deep.equal([
      'script-src lacks https://your.site: the script does not run, and visitors have only the link.',
      'connect-src lacks https://your.site: files of the widget cannot be fetched.',
      'connect-src lacks https://api.cal.com: bookable times do not show before the calendar.',
      'frame-src lacks https://app.cal.com: there is no calendar, but a message and the link.',
    ]);
    expect(directives(LINE.replace(/; frame-src.*/, "; child-src 'none'"))).to.deep.equal(['frame-src']);
    expect(directives(LINE.replace(/; frame-src.*/, ''))).to.deep.equal([]);
  });

  it('sources are matched as browsers match them', () => {
    for (const [source, isEnough] of [
      ['*', true],
      ['https:', true],
      ['http:', true],
      ['*.cal.com', true],
      ['https://*.cal.com', true],
      ['app.cal.com', true],
      ['http://app.cal.com', true],
      ['https://app.cal.com:443', true],
      ['https://app.cal.com:*', true],
      ['https://APP.cal.com/embed/', true],
      ['cal.com', false],
      ['*.com.cal', false],
      ['https://app.cal.com:8443', false],
      ["'none'", false],
      ["'self'", false],
      ['data:', false],
      ['wss:', false],
    ] as const)
      expect(directives(`frame-src ${source}`).length === 0, source).to.equal(isEnough);
  });

  it('script-src-elem decides before script-src, and the first of two equal directives counts', () => {
    expect(directives("script-src *; script-src-elem 'self'")).to.deep.equal(['script-src']);
    expect(directives("frame-src 'self'; frame-src *")).to.deep.equal(['frame-src']);
  });

  it('strict-dynamic ignores addresses, so the tag needs a nonce', () => {
    expect(lacks("script-src 'nonce-abc' 'strict-dynamic' https://your.site")).to.deep.equal([
      'script-src has strict-dynamic, which ignores addresses: put your nonce on the script tag.',
    ]);
  });

  it('code of the snippet needs a nonce or inline scripts', () => {
    const needs = needsOf({ script: '/js/booking-widget.js', frame: '', slots: '', hasCode: true });
    expect(policyText(needs)).to.equal(
      "Content-Security-Policy: script-src 'self' 'nonce-{random}'; connect-src 'self'",
    );
    expect(lacks("script-src 'self' 'unsafe-inline'; connect-src 'self'", needs)).to.deep.equal([]);
    expect(lacks("script-src 'self' 'nonce-r4nd0m'; connect-src 'self'", needs)).to.deep.equal([]);
    expect(lacks("script-src 'self'; connect-src 'self'", needs)?.length).to.equal(1);
  });

  it('a tag manager needs its own script and a nonce, as its guide says', () => {
    const needs = needsOf({
      script: 'https://your.site/booking-widget.js',
      frame: 'https://app.cal.com',
      slots: 'https://api.cal.com',
      hasCode: true,
      isManaged: true,
    });
    expect(policyText(needs)).to.equal(
      "Content-Security-Policy: script-src https://www.googletagmanager.com https://your.site 'nonce-{random}'; connect-src https://your.site https://api.cal.com; frame-src https://app.cal.com",
    );
  });

  it('all of several policies have to allow what is needed', () => {
    expect(directives(`${LINE}, frame-src https://example.com`)).to.deep.equal(['frame-src']);
  });

  it('a policy is read from a header, a meta tag and settings of servers', () => {
    for (const pasted of [
      `content-security-policy: ${LINE.slice(25)}`,
      LINE.slice(25),
      `<meta http-equiv="Content-Security-Policy" content="${LINE.slice(25)}">`,
      `add_header Content-Security-Policy "${LINE.slice(25)}" always;`,
      `Header set Content-Security-Policy "${LINE.slice(25)}"`,
    ])
      expect(lacks(pasted), pasted).to.deep.equal([]);
    for (const pasted of ['hello', '', '<p>text</p>', 'X-Frame-Options: DENY'])
      expect(lacks(pasted), pasted).to.equal(null);
  });

  it('forbidden inline styles, lists of Trusted Types and sandboxes are noted', () => {
    const { notes } = checkPolicy(
      `${LINE}; style-src 'self'; trusted-types default; sandbox allow-forms`,
      NEEDS,
    );
    expect(notes.map((note) => note.split(' ')[0])).to.deep.equal(['Inline', 'trusted-types', 'sandbox']);
  });
});
