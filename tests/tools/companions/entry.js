import 'pagebuf/global';
import './main.js';
