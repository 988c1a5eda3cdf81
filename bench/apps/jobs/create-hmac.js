import createHmac from 'create-hmac/browser.js';

export function sign(data) {
  const key = Buffer.from(data.bytes(32));
  const texts = data.list(8, () => data.text(120));
  return (i) => createHmac('sha256', key).update(texts[i & 7]).digest('base64');
}
