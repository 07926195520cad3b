// A group server on `ws`, written the way its users write it: one JSON text for a broadcast, one send for each
// member. It speaks identify, presence_update, ready and data_update like the face `rt`; under /chat it checks the
// token of the query before the upgrade.
//
//   node ws.js PORT SECRET
import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';
import { WebSocketServer } from 'ws';
import jwt from 'jsonwebtoken';

const [port, secret] = process.argv.slice(2);
const heartbeat = { intervalMs: 10000, timeoutMs: 25000 };
const groups = new Map();

const send = (socket, message) => socket.send(JSON.stringify(message));

function broadcast(groupId, message) {
  const text = JSON.stringify(message);
  for (const member of groups.get(groupId) ?? []) {
    member.send(text);
  }
}

function leave(socket) {
  const members = groups.get(socket.groupId);
  if (members?.delete(socket) && members.size === 0) {
    groups.delete(socket.groupId);
  }
}

function identify(socket, { clientType, groupId }) {
  leave(socket);
  socket.groupId = groupId;
  groups.set(groupId, (groups.get(groupId) ?? new Set()).add(socket));
  const info = { status: 'UP', details: { role: clientType } };
  const ts = Date.now();
  broadcast(groupId, { type: 'presence_update', ts, groupId, payload: { groupId, info } });
  const payload = { connectionId: socket.id, heartbeat, presence: info };
  send(socket, { type: 'ready', ts, groupId, payload });
}

function receive(socket, data) {
  const message = JSON.parse(data);
  if (message.type === 'data_update') {
    broadcast(message.groupId ?? socket.groupId, { ...message, groupId: socket.groupId });
  } else if (message.type === 'identify') {
    identify(socket, message.payload);
  } else if (message.type === 'heartbeat') {
    socket.lastSeen = Date.now();
  }
}

const sockets = new WebSocketServer({ noServer: true });
sockets.on('connection', (socket) => {
  socket.id = randomUUID();
  socket.on('message', (data) => receive(socket, data));
  socket.on('close', () => leave(socket));
  socket.on('error', () => socket.terminate());
  send(socket, { type: 'ready', ts: Date.now(), payload: { connectionId: socket.id, heartbeat } });
});

function allowed(request) {
  const url = new URL(request.url, 'http://bench');
  if (url.pathname !== '/chat') {
    return true;
  }
  try {
    request.user = jwt.verify(url.searchParams.get('token'), secret, { algorithms: ['HS256'] });
    return true;
  } catch {
    return false;
  }
}

const server = createServer();
server.on('upgrade', (request, socket, head) => {
  socket.on('error', () => socket.destroy());
  if (!allowed(request)) {
    socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
    return;
  }
  sockets.handleUpgrade(request, socket, head, (open) => sockets.emit('connection', open, request));
});
server.listen(Number(port), '127.0.0.1', 4096);
