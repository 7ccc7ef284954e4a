/*
 * Lit creates the Trusted Types policy `lit-html` when it is imported, and throws where the page's policy list lacks that
 * name. The element then cannot start, and the link inside the tag stays. This tells the owner why; it has to be imported
 * before Lit. https://www.w3.org/TR/trusted-types/#trusted-types-csp-directive
 */
function notify({ effectiveDirective, sample }: SecurityPolicyViolationEvent): void {
  if (effectiveDirective !== 'trusted-types' || sample !== 'lit-html') return;
  document.removeEventListener('securitypolicyviolation', notify);
  console.error('<booking-widget> cannot start: the Content-Security-Policy needs "trusted-types lit-html"');
}

if (typeof document !== 'undefined') document.addEventListener('securitypolicyviolation', notify);
