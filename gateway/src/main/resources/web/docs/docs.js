// Draws /openapi.json and asks persona/guide. Text only ever enters the page as text, never as HTML.
'use strict';

const byId = (id) => document.getElementById(id);

/** An element with attributes and children; a string child becomes text. */
function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== ''));
  return made;
}

/** Text in which `code` stands between back-ticks. */
function prose(tag, text) {
  const pieces = (text || '').split('`');
  return element(tag, {}, ...pieces.map((piece, i) => (i % 2 ? element('code', {}, piece) : piece)));
}

const nameOf = (reference) => reference.split('/').pop();

function resolve(api, value) {
  if (!value || !value.$ref) return value;
  return value.$ref.slice(2).split('/').reduce((node, key) => node[key], api);
}

function typeOf(schema) {
  if (!schema) return 'any';
  if (schema.$ref) return nameOf(schema.$ref);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.oneOf) return [...new Set(schema.oneOf.map(typeOf))].join(' | ');
  if (schema.type === 'array') return typeOf(schema.items) + '[]';
  return [].concat(schema.type || 'any').join(' | ');
}

/** The name of the schema that a type leads to, if it leads to one. */
function linkedName(schema) {
  if (schema.$ref) return nameOf(schema.$ref);
  return schema.items ? linkedName(schema.items) : undefined;
}

function bounds(schema) {
  const said = [];
  if (schema.default !== undefined) said.push('default ' + JSON.stringify(schema.default));
  if (schema.minimum !== undefined) said.push('at least ' + schema.minimum);
  if (schema.maximum !== undefined) said.push('at most ' + schema.maximum);
  if (schema.examples) said.push('for example ' + schema.examples.map((e) => JSON.stringify(e)).join(', '));
  return said.join('; ');
}

function property(name, schema, required) {
  const linked = linkedName(schema);
  const type = linked
    ? element('a', { class: 'type', href: '#schema-' + linked }, typeOf(schema))
    : element('span', { class: 'type' }, typeOf(schema));
  const term = element('dt', {}, name, type, required ? element('span', { class: 'need' }, 'required') : '');
  const detail = prose('dd', [schema.description, bounds(schema)].filter(Boolean).join(' '));
  const inner = schema.items && !schema.items.$ref ? schema.items : schema;
  if (inner.properties || inner.oneOf) detail.append(shape(inner));
  return [term, detail];
}

/** The inside of a schema. */
function shape(schema) {
  if (schema.oneOf) {
    const forms = schema.oneOf.filter((one) => one.properties);
    return element('div', {}, ...forms.map((one) =>
      element('details', {}, element('summary', {}, one.description || typeOf(one.properties.type)), shape(one))));
  }
  const list = element('dl', {});
  for (const [name, inner] of Object.entries(schema.properties || {})) {
    list.append(...property(name, inner, (schema.required || []).includes(name)));
  }
  return list;
}

const printed = (example) => (typeof example === 'string' ? example : JSON.stringify(example, null, 2));

function contentOf(content) {
  const parts = [];
  for (const [media, body] of Object.entries(content || {})) {
    const linked = linkedName(body.schema || {});
    parts.push(element('p', {}, element('code', {}, media), ' ',
      linked ? element('a', { href: '#schema-' + linked }, typeOf(body.schema)) : ''));
    if (body.example !== undefined) {
      parts.push(element('details', {}, element('summary', {}, 'Example'), element('pre', {}, element('code', {}, printed(body.example)))));
    }
  }
  return parts;
}

function responses(api, operation) {
  const table = element('table', {});
  for (const [status, answer] of Object.entries(operation.responses)) {
    const one = resolve(api, answer);
    const cell = prose('td', one.description);
    cell.append(...contentOf(one.content));
    const names = Object.keys(one.headers || {});
    if (names.length) {
      const list = element('dl', {});
      for (const name of names) {
        const header = resolve(api, one.headers[name]);
        list.append(...property(name, { ...header.schema, description: header.description }, false));
      }
      cell.append(element('details', {}, element('summary', {}, 'Headers'), list));
    }
    table.append(element('tr', {}, element('td', {}, status), cell));
  }
  return table;
}

function curl(method, path, operation) {
  const body = operation.requestBody && operation.requestBody.content['application/json'].example;
  const address = location.origin + path.replace('{model}', 'persona/guide');
  if (!body) return 'curl ' + address;
  const json = JSON.stringify(body).replaceAll("'", "'\\''");
  return `curl ${address} \\\n  -H 'content-type: application/json' \\\n  -d '${json}'`;
}

function operationCard(api, method, path, operation) {
  const card = element('section', { class: 'card', id: operation.operationId },
    element('h3', {}, element('span', { class: 'method ' + method }, method), element('span', { class: 'path mono' }, path)),
    element('p', {}, element('strong', {}, operation.summary)));
  if (operation.description) card.append(prose('p', operation.description));
  card.append(element('pre', {}, element('code', {}, curl(method, path, operation))));
  if (operation.parameters) {
    const list = element('dl', {});
    operation.parameters.forEach((p) => list.append(...property(p.name, { ...p.schema, description: p.description }, p.required)));
    card.append(element('h4', {}, 'Parameters'), list);
  }
  if (operation.requestBody) card.append(element('h4', {}, 'Request'), ...contentOf(operation.requestBody.content));
  card.append(element('h4', {}, 'Answers'), responses(api, operation));
  return card;
}

function operationsOf(api, tag) {
  const found = [];
  for (const [path, item] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      if (operation.tags.includes(tag)) found.push({ method, path, operation });
    }
  }
  return found;
}

function contents(title, links) {
  byId('contents').append(element('h3', {}, title), element('ul', {}, ...links.map((link) => element('li', {}, link))));
}

function draw(api) {
  byId('title').textContent = api.info.title;
  byId('version').textContent = api.info.version;
  byId('summary').textContent = api.info.summary;
  byId('description').replaceWith(prose('p', api.info.description));
  for (const tag of api.tags) {
    const operations = operationsOf(api, tag.name);
    byId('operations').append(element('h2', {}, tag.name), prose('p', tag.description),
      ...operations.map((o) => operationCard(api, o.method, o.path, o.operation)));
    contents(tag.name, operations.map((o) => element('a', { href: '#' + o.operation.operationId },
      element('span', { class: 'method ' + o.method }, o.method), o.path)));
  }
  byId('schemas-title').hidden = false;
  for (const [name, schema] of Object.entries(api.components.schemas)) {
    byId('schemas').append(element('section', { class: 'card', id: 'schema-' + name },
      element('h3', {}, name), prose('p', schema.description), shape(schema)));
  }
  contents('schemas', Object.keys(api.components.schemas).map((name) => element('a', { href: '#schema-' + name }, name)));
  if (location.hash) location.replace(location.hash);
}

/** Reads a stream of events and hands on the text in it. */
async function readStream(response, onText) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const lines = (rest + value).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      if (!line.startsWith('data: ') || line.startsWith('data: [DONE]')) continue;
      const event = JSON.parse(line.slice(6));
      if (event.error) throw new Error(event.error.message);
      if (event.choices.length) onText(event.choices[0].delta.content || '');
    }
  }
}

async function ask(question, answer) {
  const response = await fetch('/v1/chat/completions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'persona/guide', stream: true, messages: [{ role: 'user', content: question }] }),
  });
  if (!response.ok) {
    const problem = await response.json();
    throw new Error(problem.error.message);
  }
  await readStream(response, (text) => answer.append(text));
}

byId('ask').addEventListener('submit', async (event) => {
  event.preventDefault();
  const answer = byId('answer');
  const button = byId('ask').querySelector('button');
  answer.hidden = false;
  answer.className = '';
  answer.textContent = '';
  button.disabled = true;
  try {
    await ask(byId('question').value || byId('question').placeholder, answer);
  } catch (failure) {
    answer.className = 'failed';
    answer.textContent = failure.message;
  } finally {
    button.disabled = false;
  }
});

fetch('/openapi.json')
  .then((response) => response.json())
  .then(draw)
  .catch((failure) => { byId('summary').textContent = 'The description could not be loaded: ' + failure.message; });
