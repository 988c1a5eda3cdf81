// export.h: what marks a function as an export. tools/embed.js says under which name js/ finds it.

#ifndef PAGEBUF_EXPORT_H
#define PAGEBUF_EXPORT_H

#if defined(__wasm__)
#define EXPORT __attribute__((used))
#else
#define EXPORT
#endif

#endif
