// How the bench prints: rows of aligned cells, and what a target says about a figure.
import { green, red } from '../../web/dev/terminal.mjs';

const firstWidth = 34;
const width = 12;

export const row = (first, ...cells) =>
  console.log(`${String(first).padEnd(firstWidth)}${cells.map((cell) => String(cell).padStart(width)).join('')}`.trimEnd());

export const verdict = (met, target) => `  ${met ? green(`✓ ${target}`) : red(`✗ ${target}`)}`;

export const ms = (value) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
