import { unsafeCSS } from 'lit';

export const slotsStyles = unsafeCSS(
  '.row{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:8px 16px;margin:0 0 20px}' +
    '.row b{font-size:1.25em}' +
    'p:not(:has(*)){display:none}' +
    'small{font-size:.875em;opacity:.85}' +
    'ul{display:grid;grid-template-columns:repeat(auto-fill,minmax(104px,1fr));gap:8px;margin:8px 0 20px;padding:0;list-style:none}' +
    '[part=day]{font-weight:600}' +
    '[part=slot]{width:100%;padding-inline:4px;white-space:nowrap;border-color:color-mix(in srgb,var(--_accent) 55%,transparent);color:var(--_accent);font-weight:600}' +
    '[part=slot]:hover{background:var(--_accent);color:var(--booking-on-accent,light-dark(#fff,#10131a))}' +
    'option{background:Canvas;color:CanvasText}' +
    '[aria-disabled=true]{opacity:.4}',
);
