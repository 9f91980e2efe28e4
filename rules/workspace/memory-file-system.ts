import { posix } from 'node:path';
import type { DirectoryEntry, EntryStat, FileSystem, ReadResult } from './file-system.ts';

/** A file by its text or bytes, a link by its target, or something that may not be read. */
export type MemoryEntry = string | Uint8Array | { readonly link: string } | { readonly unreadable: string };

type Node =
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'folder'; readonly names: Set<string> }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** A disk in memory, for tests. Keys are absolute paths; one that ends in a slash is an (unreadable or empty) folder. */
export function memoryFileSystem(entries: Readonly<Record<string, MemoryEntry>>): FileSystem {
  const nodes = new Map<string, Node>([['/', { kind: 'folder', names: new Set() }]]);
  for (const [path, entry] of Object.entries(entries)) addNode(nodes, path, entry);

  const follow = (path: string, depth = 0): string | undefined => {
    if (depth > 40) return undefined;
    let real = '/';
    const names = path.split('/').filter(Boolean);
    for (const [index, name] of names.entries()) {
      const next = posix.join(real, name);
      const node = nodes.get(next);
      if (node?.kind !== 'link') {
        real = next;
        continue;
      }
      const target = posix.resolve(real, node.target);
      return follow(posix.join(target, ...names.slice(index + 1)), depth + 1);
    }
    return nodes.has(real) ? real : undefined;
  };
  const nodeAt = (path: string): Node | undefined => nodes.get(follow(path) ?? '');

  return {
    readFile: (path) => readNode(nodeAt(path)),
    readDirectory(path) {
      const real = follow(path);
      const node = nodeAt(path);
      if (node?.kind === 'unreadable') return { ok: false, reason: node.reason };
      if (real === undefined || node?.kind !== 'folder') return { ok: false, reason: 'it does not exist' };
      return { ok: true, entries: [...node.names].map((name) => entryOf(name, nodes.get(posix.join(real, name)))) };
    },
    realPath: follow,
    stat: (path) => statOf(nodeAt(path)),
  };
}

function addNode(nodes: Map<string, Node>, path: string, entry: MemoryEntry): void {
  const full = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
  nodes.set(full, path === full || typeof entry === 'object' ? nodeOf(entry) : { kind: 'folder', names: new Set() });
  for (let child = full; child !== '/'; child = posix.dirname(child)) {
    const parent = posix.dirname(child);
    const node = nodes.get(parent) ?? { kind: 'folder', names: new Set<string>() };
    nodes.set(parent, node);
    if (node.kind === 'folder') node.names.add(posix.basename(child));
  }
}

function nodeOf(entry: MemoryEntry): Node {
  if (typeof entry === 'string') return { kind: 'file', bytes: new TextEncoder().encode(entry) };
  if (entry instanceof Uint8Array) return { kind: 'file', bytes: entry };
  return 'link' in entry ? { kind: 'link', target: entry.link } : { kind: 'unreadable', reason: entry.unreadable };
}

function readNode(node: Node | undefined): ReadResult {
  if (node?.kind === 'file') return { ok: true, bytes: node.bytes };
  return { ok: false, reason: node?.kind === 'unreadable' ? node.reason : 'it does not exist' };
}

function entryOf(name: string, node: Node | undefined): DirectoryEntry {
  if (node?.kind === 'folder' || node?.kind === 'link') return { name, kind: node.kind };
  // Of what may not be read only the name tells whether it is a file.
  return { name, kind: node?.kind === 'unreadable' && !/\.\w+$/.test(name) ? 'folder' : 'file' };
}

function statOf(node: Node | undefined): EntryStat | undefined {
  if (!node) return undefined;
  if (node.kind === 'file') return { kind: 'file', size: node.bytes.length };
  return { kind: node.kind === 'folder' ? 'folder' : 'other', size: 0 };
}
