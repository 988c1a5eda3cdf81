globalThis.Buffer = require('pagebuf').Buffer;
