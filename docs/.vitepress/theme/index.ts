// Without fonts: the site loads nothing from elsewhere, and the reader's own font is there at once.
import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import { defineComponent, h } from 'vue';
import { ExampleLink } from './example-link-field.js';
import { useHomeLandmark } from './home-landmark.js';
import { LiveExample } from './live-example.js';
import { ThemingPlayground } from './theming-playground.js';
import './site.css';

const theme: Theme = {
  extends: DefaultTheme,
  Layout: defineComponent({
    setup() {
      useHomeLandmark();
      return () => h(DefaultTheme.Layout);
    },
  }),
  enhanceApp({ app }) {
    app.component('ExampleLink', ExampleLink);
    app.component('LiveExample', LiveExample);
    app.component('ThemingPlayground', ThemingPlayground);
  },
};

export default theme;
