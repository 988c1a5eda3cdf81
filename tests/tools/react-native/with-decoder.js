// As Expo's, it knows no utf-16le.
import 'fast-text-encoding';
import './index.js';
