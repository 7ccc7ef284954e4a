import { expect } from '@open-wc/testing';
import { calcom, mount, newHost, part, slotsOf, unmountAll, until } from '../../../helpers/widget.js';

describe('page with an old library', () => {
  const { from } = Array;

  afterEach(() => {
    Array.from = from;
    unmountAll();
  });

  it('an Array.from that takes no function, as Prototype.js has it, leaves slots and their days', async () => {
    Array.from = ((list: ArrayLike<unknown>) => {
      const copy: unknown[] = [];
      for (let index = 0; index < list.length; index++) copy.push(list[index]);
      return copy;
    }) as typeof Array.from;
    const widget = mount({ ...calcom(newHost()), loading: 'interaction' });
    await until(() => slotsOf(widget).length === 6);
    expect(part(widget, 'day')?.textContent).to.match(/day, /);
  });
});
