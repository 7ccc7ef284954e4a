import { expect } from '@open-wc/testing';
import { calcom, frameOf, mount, newHost, next, turn, unmountAll, until } from '../../../helpers/widget.js';

const DEFAULT = 640;

describe('numbers and lengths of options', () => {
  afterEach(unmountAll);

  /** Height of the widget with this `height` while its scheduling page is still loading. */
  const heightWith = async (height: string): Promise<number> => {
    const host = newHost();
    await turn(host, { late: 60_000 });
    const widget = mount({ ...calcom(host), loading: 'eager', availability: 'off', height });
    await until(() => frameOf(widget));
    return widget.getBoundingClientRect().height;
  };

  for (const [height, pixels] of [
    ['500', 500],
    ['500px', 500],
    [' 500PX ', 500],
    ['30rem', 480],
    ['30em', 480],
    ['5in', 480],
    ['400.5px', 400.5],
  ] as const)
    it(`height="${height}" is ${pixels} px`, async () => {
      expect(await heightWith(height)).to.be.closeTo(pixels, 1);
    });

  it('height="50vh" is half of the viewport', async () => {
    expect(await heightWith('50vh')).to.be.closeTo(innerHeight / 2, 1);
  });

  for (const junk of [
    'junk',
    '12 parsecs',
    '-300px',
    '0',
    '0px',
    'NaN',
    '1e',
    '500pxx',
    '500;color:red',
    'Infinity',
  ])
    it(`height="${junk}" is the default`, async () => {
      expect(await heightWith(junk)).to.be.closeTo(DEFAULT, 1);
    });

  it('a huge height is bounded', async () => {
    expect(await heightWith('99999999px')).to.be.at.most(10_000);
  });

  for (const junk of ['20 minutes', '1s2', '-1s', '1e9', 'soon'])
    it(`timeout="${junk}" is the default and no failure of a page that is merely slow`, async () => {
      const host = newHost();
      await turn(host, { late: 1500 });
      const widget = mount({ ...calcom(host), loading: 'eager', availability: 'off', timeout: junk });
      let errors = 0;
      widget.addEventListener('booking-error', () => errors++);
      await next(widget, 'booking-ready');
      expect(errors).to.equal(0);
    });

  it('numbers that a framework sets as properties are taken', async () => {
    const host = newHost();
    await turn(host, { late: 60_000 });
    const widget = mount({ ...calcom(host), loading: 'eager', availability: 'off' });
    Object.assign(widget, { height: 500, timeout: 20 });
    await until(() => Math.abs(widget.getBoundingClientRect().height - 500) <= 1);
  });
});
