// The block in the editor. Written for browsers as they are: nothing builds this file.
(function (wp, facts) {
  const { createElement: el, Fragment, useEffect, useRef, useState } = wp.element;
  const { __ } = wp.i18n;
  const { InspectorControls, useBlockProps } = wp.blockEditor;
  const { Button, Disabled, PanelBody, Placeholder, SelectControl, TextControl, ToggleControl } =
    wp.components;

  const MAIN = ['src', 'mode', 'label', 'theme', 'accent', 'height'];
  const noPage = new RegExp(facts.noPage);
  const pages = facts.pages.map((pattern) => new RegExp(pattern));
  const others = facts.others.map((pattern) => new RegExp(pattern));

  /** An absolute http(s) address of what somebody wrote or pasted; empty where there is none. */
  function readAddress(written) {
    const text = (written || '').trim();
    try {
      const url = new URL(/^[\w-]+(\.[\w-]+)+(:\d+)?(\/|$)/.test(text) ? `https://${text}` : text);
      return /^https?:$/.test(url.protocol) ? url.href : '';
    } catch {
      return '';
    }
  }

  function isSchedulingPage(written) {
    try {
      const { hostname, pathname, protocol } = new URL(written.trim());
      const page = hostname.replace(/\.$/, '') + pathname;
      const known = noPage.test(page) ? others : [...pages, ...others];
      return /^https?:$/.test(protocol) && known.some((pattern) => pattern.test(page));
    } catch {
      return false;
    }
  }

  /** What is set in the block, as the tag's attributes. */
  function attributesOf(options) {
    const attributes = {};
    for (const [name, value] of Object.entries(options)) {
      if (!facts.kinds[name] || value === undefined || value === '') continue;
      if (value === false) attributes[name] = 'off';
      else attributes[name] = value === true ? '' : String(value);
    }
    return attributes;
  }

  function control(name, options, set) {
    const { type, values = [], default: byDefault } = facts.kinds[name];
    const common = { key: name, label: name, help: facts.help[name], __nextHasNoMarginBottom: true };
    const change = (value) => set({ [name]: value });
    const held = options[name];
    const inherited = facts.defaults[name] || byDefault;
    if (type === 'switch')
      return el(ToggleControl, {
        ...common,
        checked: held === undefined ? facts.defaults[name] === '1' : held,
        onChange: change,
      });
    if (type === 'word')
      return el(SelectControl, {
        ...common,
        value: held || '',
        onChange: change,
        options: [
          // No word: what the site has set, or the option's own default.
          {
            value: '',
            label: inherited
              ? `${__('Default', 'booking-widget')} (${inherited})`
              : __('Default', 'booking-widget'),
          },
          ...values.filter(Boolean).map((word) => ({ value: word, label: word })),
        ],
      });
    return el(TextControl, { ...common, value: held || '', placeholder: inherited, onChange: change });
  }

  /** The widget itself, as visitors will see it, but always in the page and out of reach of clicks. */
  function Preview({ options, src }) {
    const box = useRef();
    useEffect(() => {
      const page = box.current.ownerDocument; // the canvas may be a frame
      if (page.getElementById('booking-widget-preview')) return;
      const script = page.createElement('script');
      script.id = 'booking-widget-preview';
      script.src = facts.script;
      page.head.append(script);
    }, []);
    const attributes = { ...facts.defaults, ...attributesOf(options), src, 'sample-rate': '0' };
    if (attributes.mode === 'floating') attributes.mode = 'popup';
    return el(
      'div',
      { ref: box },
      el(
        Disabled,
        {},
        el(
          'booking-widget',
          attributes,
          el('a', { href: src }, options.label || __('Book a time', 'booking-widget')),
        ),
      ),
    );
  }

  function Ask({ written, submit }) {
    const [text, write] = useState(written || '');
    const [refused, refuse] = useState('');
    return el(
      Placeholder,
      {
        icon: 'calendar-alt',
        label: __('Booking widget', 'booking-widget'),
        instructions: __('Paste the link of your scheduling page.', 'booking-widget'),
      },
      el(
        'form',
        {
          onSubmit(event) {
            event.preventDefault();
            const address = readAddress(text);
            if (address) submit(address);
            else refuse(text);
          },
        },
        el(TextControl, {
          label: __('Address of the scheduling page', 'booking-widget'),
          value: text,
          placeholder: 'https://cal.com/acme/30min',
          onChange: write,
          __nextHasNoMarginBottom: true,
        }),
        refused !== '' &&
          el(
            'p',
            { role: 'alert' },
            // translators: comes before what was written, in quotation marks
            `${__('This is not a web address:', 'booking-widget')} “${refused}”`,
          ),
        el(Button, { variant: 'primary', type: 'submit' }, __('Show the calendar', 'booking-widget')),
      ),
    );
  }

  function Edit({ attributes: options, setAttributes }) {
    const src = readAddress(options.src) || (options.src ? '' : facts.defaults.src || '');
    const others = Object.keys(facts.kinds).filter((name) => !MAIN.includes(name));
    return el(
      Fragment,
      {},
      el(
        InspectorControls,
        {},
        el(
          PanelBody,
          { title: __('Booking widget', 'booking-widget') },
          MAIN.map((name) => control(name, options, setAttributes)),
        ),
        el(
          PanelBody,
          { title: __('More options', 'booking-widget'), initialOpen: false },
          others.map((name) => control(name, options, setAttributes)),
        ),
      ),
      el(
        'div',
        useBlockProps(),
        src
          ? el(Preview, { options, src })
          : el(Ask, { written: options.src, submit: (address) => setAttributes({ src: address }) }),
      ),
    );
  }

  wp.blocks.registerBlockType('booking-widget/booking', {
    edit: Edit,
    // A link, so that something useful stays in the post when the plugin is gone.
    save({ attributes: { src, label } }) {
      const address = readAddress(src);
      return address && el('p', useBlockProps.save(), el('a', { href: address }, label || address));
    },
    transforms: {
      from: [
        {
          type: 'raw',
          priority: 5, // before the embed block, which would ask the server first
          isMatch: (node) => node.nodeName === 'P' && isSchedulingPage(node.textContent),
          transform: (node) =>
            wp.blocks.createBlock('booking-widget/booking', { src: node.textContent.trim() }),
        },
        {
          type: 'block',
          blocks: ['core/embed'],
          isMatch: ({ url }) => isSchedulingPage(url || ''),
          transform: ({ url }) => wp.blocks.createBlock('booking-widget/booking', { src: url }),
        },
      ],
    },
  });
})(window.wp, window.bookingWidgetBlock);
