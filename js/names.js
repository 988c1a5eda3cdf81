// names.js: the names and the descriptors that Node's functions have.

/**
 * Gives a function the name that Node's has, which minifiers take away.
 * @param {Function} callable
 * @param {string} name
 * @returns {Function} the same
 */
export function named(callable, name) {
  return Object.defineProperty(callable, 'name', { __proto__: null, value: name, configurable: true });
}

/**
 * Makes a function a property, as assignment does. Assignment throws where the owner inherits a property of
 * that name from a frozen object.
 * @param {object} owner
 * @param {string|symbol} key
 * @param {Function} callable
 * @param {string} [name] the function's
 */
export function method(owner, key, callable, name = key) {
  const value = named(callable, name);
  const rest = { writable: true, enumerable: true, configurable: true };
  Object.defineProperty(owner, key, { __proto__: null, value, ...rest });
}
