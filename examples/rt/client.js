// node examples/rt/client.js TOKEN GROUP    types lines into a group and prints what the group hears; Node 22 or newer
const [token, groupId] = process.argv.slice(2);
const socket = new WebSocket(`ws://localhost:8080/rt?token=${token}`);
const send = message => socket.send(JSON.stringify(message));

socket.onopen = () => send({ type: 'identify', payload: { clientType: 'app-client', groupId } });
socket.onmessage = event => console.log(event.data);
socket.onclose = event => { console.log('closed', event.code, event.reason); process.exit(); };
setInterval(() => send({ type: 'heartbeat' }), 10_000);

require('readline')
    .createInterface({ input: process.stdin })
    .on('line', text => send({ type: 'data_update', payload: { data: { text } } }));
