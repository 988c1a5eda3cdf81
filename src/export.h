// export.h: what marks a function as an export. The last link step gives it a letter in the place of its name
// (tools/embed.js).

#ifndef PAGEBUF_EXPORT_H
#define PAGEBUF_EXPORT_H

#if defined(__wasm__)
#define EXPORT __attribute__((used))
#else
#define EXPORT
#endif

#endif
