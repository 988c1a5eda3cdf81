// The page's elements: found by their ids, and made.

export const element = (id) => document.getElementById(id);

/** A new element, with properties set and children in it. */
export function make(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** The small square in a slice's colour, which stands before its name. */
export const swatch = (colour) => make('i', { className: `swatch c${colour}` });

/** The value of the radio button that is checked in a group. */
export const checked = (group) => document.querySelector(`input[name=${group}]:checked`).value;
