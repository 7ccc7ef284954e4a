import { unsafeCSS } from 'lit';

export const dialogStyles = unsafeCSS(
  // Seen where the visitor's own colours replace ours: then nothing else would tell where the dialog ends.
  'dialog{width:min(100vw - 32px,var(--booking-dialog-width,960px));height:min(100dvh - 32px,var(--booking-dialog-height,760px));max-width:none;max-height:none;padding:0;border:0;outline:1px solid transparent;outline-offset:-1px;border-radius:calc(var(--_radius) * 1.5);background:var(--booking-surface,light-dark(#fff,#1b1d22));color:var(--booking-text,light-dark(#1b1d22,#f2f3f5))}' +
    'dialog[open],.prepared{display:flex;flex-direction:column}' +
    '.prepared{position:fixed;inset:0;z-index:-1;opacity:0;pointer-events:none}' +
    'dialog::backdrop{background:#0008}' +
    '.head{display:flex;align-items:center;flex-direction:row-reverse;justify-content:space-between;gap:12px;padding-block:8px;padding-inline:16px 8px;border-block-end:1px solid var(--_line)}' +
    '[part=close]{flex:none;width:44px;height:44px;padding:0;border-color:transparent;font-size:24px;line-height:1}' +
    'dialog .stage{flex:1;min-height:0}' +
    'dialog .cover{border:0}' +
    'dialog .box{min-height:0}' +
    '@media (max-width:640px){dialog{width:100vw;height:100dvh;border-radius:0;padding:env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left)}}' +
    '.floating{position:fixed;z-index:var(--booking-z-index,1000);inset-block-end:max(16px,env(safe-area-inset-bottom));inset-inline-end:max(16px,env(safe-area-inset-right));box-shadow:0 2px 12px #0004;background:var(--_accent);color:var(--booking-on-accent,light-dark(#fff,#10131a))}',
);
