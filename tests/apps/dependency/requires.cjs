exports.bare = require('buffer').Buffer;
exports.slash = require('buffer/').Buffer;
exports.node = require('node:buffer').Buffer;
exports.free = typeof Buffer === 'undefined' ? undefined : Buffer;
