// The names of all functions in the module object of node:buffer: minifiers take names away.
export function namesOf(module) {
  const found = [];
  const { Buffer } = module;
  const owners = { module, Buffer, species: { class: Buffer[Symbol.species] }, prototype: Buffer.prototype };
  for (const [owner, object] of Object.entries(owners)) {
    for (const key of Reflect.ownKeys(object)) {
      // A symbol that is not registered is Node's own; SlowBuffer is there for code from before Node 25.
      if (key === 'SlowBuffer' || (typeof key === 'symbol' && !Symbol.keyFor(key) && key !== Symbol.species)) continue;
      const { value, get, set } = Object.getOwnPropertyDescriptor(object, key);
      for (const part of [value, get, set]) {
        if (typeof part === 'function') found.push(`${owner}.${String(key)}: ${part.name}`);
      }
    }
  }
  return found.sort().join(', ');
}
