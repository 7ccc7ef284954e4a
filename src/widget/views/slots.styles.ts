// Written by `npm run generate` from slots.css: change that file.
import { unsafeCSS } from 'lit';

export const slotsStyles = unsafeCSS(
  '.row{flex-wrap:wrap;justify-content:space-between;align-items:center;gap:8px 16px;margin:0 0 20px;display:flex}.row b{font-size:1.25em}[role=status]:not(:has(*)){display:none}small{opacity:.85;font-size:.875em}ul{grid-template-columns:repeat(auto-fill,minmax(104px,1fr));gap:8px;margin:8px 0 20px;padding:0;list-style:none;display:grid}[part=day]{font-weight:600}[part=slot]{white-space:nowrap;border-color:color-mix(in srgb, var(--_accent) 55%, transparent);width:100%;color:var(--_accent);padding-inline:4px;font-weight:600}[part=slot]:hover{background:var(--_accent);color:var(--booking-on-accent,light-dark(#fff,#10131a))}option{color:canvastext;background:canvas}[aria-disabled=true]{opacity:.4}',
);
