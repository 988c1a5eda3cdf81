const context = new OfflineAudioContext(1, 128, 44100);
const show = (text) => { document.getElementById('worklet').textContent = text; };

try {
  await context.audioWorklet.addModule('worklet.js');
  const node = new AudioWorkletNode(context, 'answers');
  node.port.onmessage = ({ data }) => show(data);
} catch (error) {
  show(`${error.name}: ${error.message}`);
}
