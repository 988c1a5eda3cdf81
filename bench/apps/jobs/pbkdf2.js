import pbkdf2 from 'pbkdf2/lib/sync-browser.js';

export function derive(data) {
  const password = data.ascii(16);
  const salt = Buffer.from(data.bytes(16));
  return () => pbkdf2(password, salt, 200, 64, 'sha512');
}
