// Shows /openapi.json with Swagger UI, and asks persona/guide. The Markdown of its responses is rendered by markdown-it, which
// escapes HTML.
'use strict';

const byId = (id) => document.getElementById(id);

/** The address of a path of this server. That of the page may have a user name and a password, which fetch refuses. */
const addressOf = (path) => location.origin + path;

const markdown = window.markdownit({ html: false });

/** Renders a cell of a table without its alignment: the policy of the page allows no inline style. */
function renderCell(tokens, index, options, environment, renderer) {
  tokens[index].attrs = null;
  return renderer.renderToken(tokens, index, options);
}
markdown.renderer.rules.th_open = renderCell;
markdown.renderer.rules.td_open = renderCell;

/** Reads a stream of server-sent events and passes the text in it to onText. */
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
  const headers = { 'content-type': 'application/json' };
  const key = byId('key').value.trim();
  if (key) headers.authorization = 'Bearer ' + key;
  const response = await fetch(addressOf('/v1/chat/completions'), {
    method: 'POST',
    credentials: 'omit',
    headers,
    body: JSON.stringify({ model: 'persona/guide', stream: true, messages: [{ role: 'user', content: question }] }),
  });
  if (response.status === 401) byId('key').hidden = false;
  if (response.status === 401 && !key) throw new Error('This gateway needs an API key: enter one beside the question, and ask again.');
  if (!response.ok) {
    const problem = await response.json();
    throw new Error(problem.error.message);
  }
  let text = '';
  await readStream(response, (piece) => {
    text += piece;
    answer.innerHTML = markdown.render(text);
  });
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

window.ui = SwaggerUIBundle({
  url: addressOf('/openapi.json'),
  dom_id: '#operations',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: true,
  validatorUrl: null,
});
