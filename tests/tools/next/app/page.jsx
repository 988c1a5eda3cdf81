'use client';
import { useEffect, useState } from 'react';
import { ways } from '../ways.js';

// The server renders it, too, with Node's Buffer: what a browser sees is what is shown.
export default function Page() {
  const [text, setText] = useState('…');
  useEffect(() => setText(ways()), []);
  return <dl><dt>Ways</dt><dd>{text}</dd></dl>;
}
