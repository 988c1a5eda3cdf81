import jws from 'jws';

const payloadOf = (data) => ({
  sub: data.hex(24), name: data.text(12), scope: data.ascii(40), iat: data.integer(2e9),
});

export function sign(data) {
  const payloads = data.list(8, () => payloadOf(data));
  const secret = data.ascii(32);
  return (i) => jws.sign({ header: { alg: 'HS256' }, payload: payloads[i & 7], secret });
}

// Not verify(): it compares signatures with a package that needs SlowBuffer, which Node 26 no longer has.
export function decode(data) {
  const secret = data.ascii(32);
  const tokens = data.list(8, () => jws.sign({ header: { alg: 'HS256' }, payload: payloadOf(data), secret }));
  return (i) => jws.decode(tokens[i & 7]);
}
