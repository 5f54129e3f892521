import { render } from 'preact';
import { App } from './app.tsx';
import { begin } from './begin.ts';
import './style/base.css';
import './style/frame.css';
import './style/guide.css';
import './style/hosts.css';
import './style/pane.css';
import { followRuns, takeKeys } from './view.ts';

begin();
followRuns();
takeKeys();
render(<App />, document.body);
