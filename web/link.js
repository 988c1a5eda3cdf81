// The link: the page's address carries the script, the size and the source of slabs.
//
// Owns        the address's hash, #pool=…&slabs=…&code=…, and the button that copies it.
// Holds       what a link says is checked as what is typed is: a link can do no more than a reader can.

import { element } from './elements.js';

const longestCode = 20000; // characters
const fault = 'the link carries no script that can be read';

export class Link {
  /** @param {object} page `editor`: where the script is; `run()` runs what is in it */
  constructor({ editor, run }) {
    Object.assign(this, { editor, run });
    element('share').addEventListener('click', () => this.share());
    window.addEventListener('hashchange', () => this.open());
  }

  /** Run the script that the address carries. False when it carries none. */
  open() {
    if (location.hash.length < 2) return false;
    const values = new URLSearchParams(location.hash.slice(1));
    const size = values.get('pool') || '65536';
    const slabs = values.get('slabs') || 'auto';
    const code = values.get('code');
    const isSource = ['auto', 'linear', 'heap'].includes(slabs);
    if (code === null || code.length > longestCode || !/^\d{1,7}$/.test(size) || !isSource) {
      this.editor.fault = fault;
      return false;
    }
    Object.assign(this.editor, { source: slabs, poolSize: size, code });
    this.editor.leaveExample('A script that came with the link.');
    this.run();
    return true;
  }

  async share() {
    const { poolSize, source, code } = this.editor;
    const link = new URL(location.href);
    link.hash = new URLSearchParams({ pool: poolSize, slabs: source, code });
    history.replaceState(null, '', link.href);
    try {
      await navigator.clipboard.writeText(location.href);
      element('shared').textContent = 'The link is copied.';
    } catch {
      element('shared').textContent = 'The link is in the address bar.';
    }
  }
}
