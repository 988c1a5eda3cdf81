// Like Expo's, this decoder does not have utf-16le.
import 'fast-text-encoding';
import './index.js';
