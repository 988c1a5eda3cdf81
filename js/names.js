// names.js: gives functions the names and the property descriptors that they have in Node.
//
// Owns        no state.
// Assumes     an odd realm: Object.prototype may be frozen, or have a `get` or a `value`.
// Always      properties are defined, not assigned, by descriptors that inherit nothing.

/**
 * Gives a function the name that it has in Node. Minifiers take away the name in the source.
 * @param {Function} callable
 * @param {string} name
 * @returns {Function} `callable`
 */
export function named(callable, name) {
  return Object.defineProperty(callable, 'name', { __proto__: null, value: name, configurable: true });
}

/**
 * Defines a method that looks as if it was assigned. Assignment itself throws where the owner inherits a
 * property with that key from a frozen object.
 * @param {object} owner
 * @param {string|symbol} key
 * @param {Function} callable
 * @param {string} [name] the function's name; the key if left out
 */
export function method(owner, key, callable, name = key) {
  Object.defineProperty(owner, key, {
    __proto__: null, value: named(callable, name), writable: true, enumerable: true, configurable: true,
  });
}
