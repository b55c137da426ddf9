/** An element as it is to be. Made by JSX: `<p part="x">{text}</p>`. */
export interface Wanted {
  readonly tag: string;
  readonly props: Props;
  readonly kids: readonly Kid[];
}

export type Kid = Wanted | string | number | boolean | null | undefined | readonly Kid[];

/**
 * Attributes, and `on…` handlers. `key` tells siblings apart that come and go, and is `data-key`; `value` and `height` are set as
 * properties; `tip` is the name, and also what appears when the mouse rests on it.
 */
export type Props = Readonly<Record<string, unknown>>;

type Known = Element & { wanted?: Wanted };

declare global {
  namespace JSX {
    type Element = Wanted;
    interface IntrinsicElements {
      [tag: string]: Record<string, unknown>;
    }
  }
}

const SVG = 'http://www.w3.org/2000/svg';

export function h(tag: string, props: Props | null, ...kids: Kid[]): Wanted {
  return { tag, props: props ?? {}, kids };
}

/**
 * Makes what is in an element as it is wanted, and touches only what differs, so that focus, selection and scroll
 * positions stay. All that is shown becomes text or the value of an attribute; nothing is ever read as HTML.
 */
export function draw(parent: ParentNode & Node, wanted: Kid): void {
  const kids = flat(wanted);
  const keys = new Set(kids.map(keyOf));
  const keyed = new Map<unknown, Known>();
  // First those that go, so that the others can stay where they are: what is moved loses the focus.
  for (const old of [...parent.children] as Known[]) {
    const key = keyOf(old.wanted);
    if (key !== undefined) {
      keys.has(key) ? keyed.set(key, old) : old.remove();
    }
  }
  let next = parent.firstChild;
  const put = (node: Node) => {
    node === next ? (next = next.nextSibling) : parent.insertBefore(node, next);
  };
  for (const kid of kids) {
    if (typeof kid === 'string') {
      const text = next instanceof Text ? next : new Text();
      put(text);
      if (text.data !== kid) {
        text.data = kid;
      }
    } else {
      const key = keyOf(kid);
      const here = next as Known | null;
      const same = key !== undefined ? keyed.get(key) : here?.wanted && keyOf(here.wanted) === undefined ? here : undefined;
      const node = same?.wanted?.tag === kid.tag ? same : create(kid.tag);
      put(node);
      update(node, kid);
    }
  }
  while (next) {
    const old: ChildNode = next;
    next = old.nextSibling;
    old.remove();
  }
}

function keyOf(kid: Wanted | string | undefined): unknown {
  return (kid as Wanted | undefined)?.props?.key;
}

function flat(kid: Kid): (Wanted | string)[] {
  return Array.isArray(kid)
    ? kid.flatMap(flat)
    : kid === null || kid === undefined || typeof kid === 'boolean'
      ? []
      : [typeof kid === 'object' ? (kid as Wanted) : `${kid}`];
}

function create(tag: string): Known {
  return tag === 'svg' || tag === 'path' ? document.createElementNS(SVG, tag) : document.createElement(tag);
}

function update(node: Known, wanted: Wanted): void {
  const before = node.wanted?.props ?? {};
  const { props } = wanted;
  node.wanted = wanted;
  for (const name in { ...before, ...props }) {
    if (before[name] !== props[name] && name !== 'value') {
      set(node, name === 'key' ? 'data-key' : name, props[name]);
    }
  }
  draw(node, wanted.kids);
  // After the options that it chooses from; people change it, too.
  if ('value' in props && (node as HTMLSelectElement).value !== props.value) {
    (node as HTMLSelectElement).value = props.value as string;
  }
}

function set(node: Known, name: string, value: unknown): void {
  if (name.startsWith('on')) {
    (node as unknown as Record<string, unknown>)[name] = value ?? null;
  } else if (name === 'tip') {
    set(node, 'aria-label', value);
    set(node, 'title', value);
  } else if (name === 'height') {
    // Through the object model, which policies that forbid inline styles allow.
    (node as HTMLElement).style.height = `${value}px`;
  } else if (value === undefined || value === null) {
    node.removeAttribute(name);
  } else {
    node.setAttribute(name, `${value}`);
  }
}
