import aes from 'browserify-aes/browser.js';

const crypting = (mode, keyLength, ivLength, length) => (data) => {
  const key = Buffer.from(data.bytes(keyLength));
  const iv = Buffer.from(data.bytes(ivLength));
  const clear = Buffer.from(data.bytes(length));
  return () => {
    const cipher = aes.createCipheriv(mode, key, iv);
    const secret = Buffer.concat([cipher.update(clear), cipher.final()]);
    const decipher = aes.createDecipheriv(mode, key, iv);
    if (mode.endsWith('gcm')) decipher.setAuthTag(cipher.getAuthTag());
    return [secret, Buffer.concat([decipher.update(secret), decipher.final()])];
  };
};

export const cbc = crypting('aes-256-cbc', 32, 16, 256);
export const ctr = crypting('aes-128-ctr', 16, 16, 4096);
export const gcm = crypting('aes-128-gcm', 16, 12, 1024);
