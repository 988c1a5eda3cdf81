// Where a job's time goes: self time per function of ours, from the samples of an engine's profiler.
//
// Owns        the reading of V8's CPU profiles and of Firefox's (Gecko's), and the text of --profile.
// Assumes     rolldown wrote the code: a comment that is the path of the source file stands before its lines.
// Holds       a function of ours has its own samples, and those of the engine's functions that it calls: if
//             ours took no time, these were gone, too. Garbage collection belongs to no function, and is
//             separate where the profiler shows it. In Firefox's it is time of the function that allocates.

const head = /^\/\/ ((?:\.\.\/)*(?:js|jobs)\/.*|(?:\S*\/)?node_modules\/.*|process\.js|\\0.*)$/;
const ours = /^(?:\.\.\/)+js\/([\w.]+\.js)$/;

/** Which lines of the code are ours: an array of the file's name, by line from 0, or undefined. */
export function filesOf(code) {
  let file;
  return code.split('\n').map((line) => {
    const [, path] = head.exec(line) || [];
    if (path !== undefined) [, file] = ours.exec(path) || [];
    return file;
  });
}

// Without what rolldown and Firefox add: `from$1`, `init_buffer</from<`.
function nameOf(name, file) {
  const plain = name.replace(/^.*\//, '').replace(/<$/, '').replace(/\$\d+$/, '');
  return `${plain || '(anonymous)'} ${file}`;
}

function collector(files) {
  const found = { total: 0, collecting: 0, ours: {} };
  return {
    found,
    // `frames` from the innermost to the outermost: { name, line } of the job's code, { wasm }, or neither.
    add(frames, weight) {
      found.total += weight;
      for (const { name, line, wasm } of frames) {
        if (line === undefined && !wasm) continue; // the engine's own: its caller's
        const file = wasm ? 'wasm' : files[line];
        if (file === undefined) return;
        const key = nameOf(name, file);
        found.ours[key] = (found.ours[key] || 0) + weight;
        return;
      }
    },
    collect(weight) {
      found.total += weight;
      found.collecting += weight;
    },
  };
}

/** @returns {{ total, collecting, ours }} microseconds; `ours` by function */
export function readV8({ nodes, samples, timeDeltas }, files, path) {
  const { found, add, collect } = collector(files);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (const node of nodes) for (const child of node.children || []) byId.get(child).parent = node;
  const frameOf = ({ callFrame: { functionName: name, url, lineNumber: line } }) => {
    if (url.startsWith('wasm:')) return { name, wasm: true };
    return url.includes(path) ? { name, line } : url === '' ? {} : { name, line: -1 };
  };
  samples.forEach((id, index) => {
    const frames = [];
    for (let node = byId.get(id); node; node = node.parent) frames.push(node);
    const { functionName } = frames[0].callFrame;
    if (functionName === '(garbage collector)') collect(timeDeltas[index]);
    else if (functionName !== '(idle)') add(frames.map(frameOf), timeDeltas[index]);
  });
  return found;
}

// A frame is 'name (url:line:column)', or the name of something in the engine.
const geckoFrame = /^(.*?) ?\(?(https?:[^\s)]*?):(\d+)(?::\d+)?\)?(?:\[.*)?$/;

/** The samples of a Gecko profile in which the code at `path` is on the stack, as readV8(). */
export function readGecko(profile, files, path) {
  const { found, add } = collector(files);
  const threads = [profile, ...profile.processes || []].flatMap((each) => each.threads || []);
  for (const { samples, stackTable, frameTable, stringTable } of threads) {
    const { stack: at } = samples.schema;
    const { prefix, frame } = stackTable.schema;
    const { location } = frameTable.schema;
    const parsed = frameTable.data.map((row) => stringTable[row[location]]).map((text) => {
      const [, name, url, line] = geckoFrame.exec(text) || [];
      if (text.includes('wasm-function')) return { name: text.split(/[ (]/)[0], wasm: true };
      if (url === undefined) return {};
      return url.includes(path) ? { name, line: Number(line) - 1, isJob: true } : { name, line: -1 };
    });
    for (const row of samples.data) {
      const frames = [];
      for (let stack = row[at]; stack != null; stack = stackTable.data[stack][prefix]) {
        frames.push(parsed[stackTable.data[stack][frame]]);
      }
      if (!frames.some(({ isJob }) => isJob)) continue;
      add(frames, 1000);
    }
  }
  return found;
}

function shareOf({ ours: functions, total }) {
  return Object.values(functions).reduce((sum, time) => sum + time, 0) / total;
}

/** The ratio if ours took no time. */
export function ceilingOf(ratio, profile) {
  return ratio / (1 - shareOf(profile));
}

const percent = (part) => `${(part * 100).toFixed(1).padStart(5)} %`;

/** The functions of ours that take most, and the ceilings. */
export function textOfProfile(name, profile, ratios, count = 12) {
  if (profile.failed) return `${name}: no profile: ${profile.failed}`;
  if (profile.total === 0) return `${name}: no samples`;
  const top = Object.entries(profile.ours).sort((a, b) => b[1] - a[1]).slice(0, count);
  const collecting = profile.collecting && `collecting ${percent(profile.collecting / profile.total).trim()}`;
  const ceilings = Object.entries(ratios).map(([rival, { ratio }]) =>
    `${ratio.toFixed(2)} x ${rival}, ceiling ${ceilingOf(ratio, profile).toFixed(2)}`);
  return [
    [`${name}: ours ${percent(shareOf(profile)).trim()}`, collecting, ...ceilings].filter(Boolean).join('; '),
    ...top.map(([key, time]) => `  ${percent(time / profile.total)}  ${key}`),
  ].join('\n');
}

/** Several jobs as one: each has the same weight, however long it was sampled. */
export function sumOf(profiles) {
  const sum = { total: 0, collecting: 0, ours: {} };
  for (const { total, collecting, ours: functions } of profiles.filter((profile) => profile.total > 0)) {
    sum.total += 1;
    sum.collecting += collecting / total;
    for (const [key, time] of Object.entries(functions)) sum.ours[key] = (sum.ours[key] || 0) + time / total;
  }
  return sum;
}
