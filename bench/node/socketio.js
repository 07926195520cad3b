// Rooms on Socket.IO, over WebSocket only; with a second argument its nodes are joined by the Redis adapter.
//
//   node socketio.js PORT [REDIS_PORT]
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { createAdapter } from '@socket.io/redis-adapter';
import { Redis } from 'ioredis';

const [port, redis] = process.argv.slice(2);
const server = createServer();
const io = new Server(server, { transports: ['websocket'], serveClient: false });

if (redis) {
  const publisher = new Redis(Number(redis), '127.0.0.1');
  io.adapter(createAdapter(publisher, publisher.duplicate()));
}

io.on('connection', (socket) => {
  let room;
  socket.on('join', async (name) => {
    room = name;
    await socket.join(room);
    socket.emit('joined', room);
  });
  socket.on('msg', (text) => io.to(room).emit('msg', text));
});

server.listen(Number(port), '127.0.0.1', 4096);
