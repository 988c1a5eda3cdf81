export { Buffer } from 'pagebuf'; // workerd has a Buffer of its own
