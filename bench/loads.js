// What the soak makes an engine do, and what that reports.
//
// Owns        the loads. Each is given open(), which imports the implementation, its options, and told(),
//             which is awaited wherever memory is to be measured.
// Assumes     soak.js bundles this file for the browsers; in Node it is a child process that gets a message.
//             A load runs once in a process, or on a page, of its own.
// Holds       the same Buffers each time. No Node imports: the browsers run this file, too.

import { mulberry32 } from '../compare/random.js';

const slab = 65536;
const perTask = 2 ** 22; // bytes of Buffers

// ---- Buffers ----------------------------------------------------------------------------------------------

// Makes small Buffers, 16 to 2,016 bytes each, of bytes that cannot be compressed. One of `every` Buffers
// survives, until there are `most` younger survivors.
function maker(Buffer, every, most) {
  const random = mulberry32(1);
  const noise = Uint8Array.from({ length: 2 * slab }, () => 256 * random());
  const kept = [];
  let count = 0;
  return {
    kept,
    make(bytes) {
      let made = 0;
      while (made < bytes) {
        const size = 16 + Math.floor(random() * 2001);
        const buffer = Buffer.allocUnsafe(size);
        buffer.set(noise.subarray(made % slab, made % slab + size));
        if (count % every === 0) kept[count / every % most] = buffer;
        made += buffer.length;
        count++;
      }
    },
  };
}

// Other tasks run in between: the engine's own, and those in which the pool learns which slabs are dead.
function openTasks() {
  const { port1, port2 } = new MessageChannel();
  return {
    next: () => new Promise((resolve) => {
      port2.onmessage = resolve;
      port1.postMessage(0);
    }),
    close: () => port1.close(),
  };
}

// In tasks of 4 MiB. Returns the seconds that each gigabyte took.
async function churn({ make }, gigabytes, told) {
  const tasks = openTasks();
  const seconds = [];
  for (let done = 0; done < gigabytes; done++) {
    const start = performance.now();
    for (let bytes = 0; bytes < 1e9; bytes += perTask) {
      make(perTask);
      await tasks.next();
    }
    seconds.push((performance.now() - start) / 1000);
    await told();
  }
  tasks.close();
  return seconds;
}

const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];

// ---- what others do ---------------------------------------------------------------------------------------

// How many memories can be had before `limit` or the first refusal, and all of them.
function takeMemories(limit) {
  const memories = [];
  try {
    while (memories.length < limit) memories.push(new WebAssembly.Memory({ initial: 1, maximum: 1 }));
  } catch {
    // The process has no more.
  }
  return memories;
}

// Takes a memory every 100 ms and drops it, and opens and closes a database by sql.js; until it is stopped.
async function openNeighbour() {
  const code = await (await fetch('/sql.js')).text();
  const wasm = await WebAssembly.compile(await (await fetch('/sql.wasm')).arrayBuffer());
  const counts = { memories: 0, databases: 0, failures: [] };
  const failed = (error) => counts.failures.push(String(error));

  function takeMemory() {
    try {
      counts.memories += new WebAssembly.Memory({ initial: 16 }).buffer.byteLength / (16 * slab);
    } catch (error) {
      failed(error);
    }
  }

  // The package returns its first instance to every later caller, so its code runs anew each time.
  async function openDatabase() {
    try {
      const module = { exports: {} };
      new Function('module', 'exports', code)(module, module.exports);
      const { Database } = await module.exports({
        instantiateWasm(imports, done) {
          const instance = new WebAssembly.Instance(wasm, imports);
          done(instance, wasm);
          return instance.exports;
        },
      });
      const database = new Database();
      database.run('CREATE TABLE numbers (number)');
      database.run('INSERT INTO numbers VALUES (20), (22)');
      const [{ values: [[sum]] }] = database.exec('SELECT sum(number) FROM numbers');
      database.close();
      counts.databases += sum / 42;
    } catch (error) {
      failed(error);
    }
  }

  await openDatabase();
  const timers = [setInterval(takeMemory, 100), setInterval(openDatabase, 500)];
  return {
    close() {
      for (const timer of timers) clearInterval(timer);
      return counts;
    },
  };
}

// The same in a worker, which goes on while the page does not.
async function openWorker() {
  const worker = new Worker('/loads.js', { type: 'module' });
  const answer = () => new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  worker.postMessage('open');
  await answer();
  return {
    async close() {
      worker.postMessage('close');
      const counts = await answer();
      worker.terminate();
      return counts;
    },
  };
}

// ---- loads ------------------------------------------------------------------------------------------------

const messages = `
  syntax = "proto3";
  message Part { string name = 1; bytes body = 2; }
  message All { int32 a = 1; string b = 2; bytes c = 3; double d = 4; repeated Part parts = 5; }`;

export const loads = {
  // Gigabytes of small Buffers, a few of which survive.
  async churn(open, { gigabytes, every, most }, told) {
    const { Buffer } = await open();
    const work = maker(Buffer, every, most);
    await told();
    return { seconds: await churn(work, gigabytes, told), survivors: work.kept.length };
  },

  // The same in one task.
  async sync(open, { gigabytes, every, most }) {
    const { Buffer } = await open();
    const { make } = maker(Buffer, every, most);
    return Array.from({ length: gigabytes }, () => {
      const start = performance.now();
      make(1e9);
      return (performance.now() - start) / 1000;
    });
  },

  // How many bytes the ArrayBuffers of a few survivors of many hold.
  async survivors(open, { bytes, count }) {
    const { Buffer } = await open();
    const { make, kept } = maker(Buffer, 1, Infinity);
    make(bytes);
    const distance = kept.length / count;
    const survivors = Array.from({ length: count }, (_, index) => kept[Math.floor(index * distance)]);
    const buffers = new Set(survivors.map(({ buffer }) => buffer));
    return [...buffers].reduce((sum, { byteLength }) => sum + byteLength, 0);
  },

  // How long a Buffer of 6 bytes takes from one port to the other, with nothing live and with much.
  async post(open, { bytes }) {
    const { Buffer } = await open();
    const { port1, port2 } = new MessageChannel();
    async function post() {
      const times = [];
      let clone;
      for (let round = 0; round < 30; round++) {
        const buffer = Buffer.from('6bytes');
        const start = performance.now();
        for (let count = 0; count < 20; count++) {
          clone = await new Promise((resolve) => {
            port2.onmessage = ({ data }) => resolve(data);
            port1.postMessage(buffer);
          });
        }
        times.push((performance.now() - start) / 20000);
      }
      return { seconds: median(times), cloned: clone.buffer.byteLength };
    }
    await post();
    const empty = await post();
    const { make, kept } = maker(Buffer, 1, Infinity);
    make(bytes);
    const full = await post();
    return { empty, full, live: kept.length };
  },

  // What some Buffers of a few bytes take in IndexedDB.
  async puts(open, { bytes, count }) {
    const { Buffer } = await open();
    const { make } = maker(Buffer, 1, Infinity);
    make(bytes);
    const done = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const opening = indexedDB.open('soak');
    opening.onupgradeneeded = () => opening.result.createObjectStore('store');
    const database = await done(opening);
    const values = Array.from({ length: count }, (_, key) => {
      make(slab); // each value lies on a slab of its own, which is full
      return Buffer.from(`put ${key}`);
    });
    make(slab);
    const put = (value, key) => done(database.transaction('store', 'readwrite').objectStore('store').put(value, key));
    // Firefox has a log beside its database, and moves it into the database when it is idle.
    async function usage() {
      await new Promise((resolve) => { setTimeout(resolve, 4000); });
      return (await navigator.storage.estimate()).usage;
    }
    await put(null, 'first');
    const before = await usage();
    for (const [key, value] of values.entries()) await put(value, key);
    return await usage() - before;
  },

  // Whether the engine refuses memory to other WebAssembly on the page, and in a worker of it.
  async others(open, { live, churned, inOneTask }, told) {
    const { Buffer } = await open();
    const neighbours = [await openNeighbour(), await openWorker()];
    const work = maker(Buffer, live ? 1 : 500, live ? Infinity : 2000);
    if (live) {
      const tasks = openTasks();
      for (let bytes = 0; bytes < live; bytes += perTask) {
        work.make(perTask);
        await tasks.next();
      }
      tasks.close();
    } else if (inOneTask) {
      work.make(churned);
    } else {
      await churn(work, churned / 1e9, told);
    }
    await new Promise((resolve) => { setTimeout(resolve, 2000); });
    const counts = await Promise.all(neighbours.map((neighbour) => neighbour.close()));
    const sum = (name) => counts.reduce((all, each) => all + each[name], 0);
    return {
      memories: sum('memories'), databases: sum('databases'), failures: counts.flatMap(({ failures }) => failures),
      live: work.kept.length,
    };
  },

  // How many memories are left when workers have imported the library.
  async workers(open, { count, limit }) {
    const workers = Array.from({ length: count }, () => new Worker('/idle.js', { type: 'module' }));
    await Promise.all(workers.map((worker) => new Promise((resolve, reject) => {
      worker.onmessage = resolve;
      worker.onerror = ({ message }) => reject(new Error(message));
    })));
    const left = takeMemories(limit).length;
    for (const worker of workers) worker.terminate();
    return left;
  },

  // The speed of 'auto' divided by the speed of 'heap', when all memories of the process are taken.
  async taken(open, { isImportedBefore, bytes, rounds }) {
    if (isImportedBefore) await open();
    const memories = takeMemories(Infinity);
    const { Buffer, pool } = await open();
    const seconds = { auto: 0, heap: 0 };
    function measure(source) {
      pool.source = source;
      const start = performance.now();
      for (let made = 0; made < bytes; made += 1000) Buffer.allocUnsafe(1000);
      seconds[source] += (performance.now() - start) / 1000;
    }
    measure('heap');
    seconds.heap = 0;
    for (let round = 0; round < rounds; round++) for (const source of ['auto', 'heap']) measure(source);
    return {
      ratio: seconds.heap / seconds.auto,
      megabytes: bytes * rounds / 1e6 / seconds.auto,
      taken: memories.length,
      text: Buffer.from('still works').toString(),
      refused: pool.inspect().refusedMemories,
    };
  },

  // Rounds of 50,000 messages that are written, read and dropped. The same work, not the same time: the
  // garbage of the page's own tasks grows with their number.
  async messages(open, { rounds, protobuf }, told) {
    globalThis.Buffer = (await open()).Buffer;
    await import(protobuf);
    const All = globalThis.protobuf.parse(messages).root.lookupType('All');
    const body = new Uint8Array(200).fill(7);
    const parts = Array.from({ length: 4 }, (_, index) => ({ name: `part ${index}`, body }));
    const tasks = openTasks();
    let bytes = 0;
    for (let round = 0; round < rounds; round++) {
      for (let task = 0; task < 500; task++) {
        for (let count = 0; count < 100; count++) {
          const encoded = All.encode({ a: count, b: 'a message', c: body, d: 0.5, parts }).finish();
          bytes += encoded.length + All.decode(encoded).parts.length;
        }
        await tasks.next();
      }
      await told();
    }
    tasks.close();
    return bytes;
  },
};

const { process, WorkerGlobalScope } = globalThis;

if (WorkerGlobalScope) {
  let neighbour;
  globalThis.onmessage = async ({ data }) => {
    if (data === 'open') neighbour = await openNeighbour();
    globalThis.postMessage(data === 'open' ? 'open' : neighbour.close());
  };
}

if (process && process.send) {
  process.once('message', async ({ load, file, options }) => {
    try {
      const told = () => new Promise((resolve) => {
        process.once('message', resolve);
        process.send({ told: true });
      });
      process.send({ result: await loads[load](() => import(file), options, told) });
    } catch (error) {
      process.send({ failed: error.stack });
    }
    process.disconnect();
  });
}
