-- Numbers a message, keeps it, and sends it with its place to all listeners.
-- KEYS: hash of the numbering, stream of kept messages
-- ARGV: channel, payload, messages kept, milliseconds kept, epoch to begin if there is none, origin, publish command,
--   era: another one than the last time begins an epoch, since this server may not have got the last messages
-- Gives: epoch, offset
local epoch = redis.call('HGET', KEYS[1], 'epoch')
if not epoch then
  epoch = ARGV[5]
  redis.call('HSET', KEYS[1], 'epoch', epoch, 'era', ARGV[8])
  redis.call('DEL', KEYS[2])
elseif ARGV[8] ~= '' and redis.call('HGET', KEYS[1], 'era') ~= ARGV[8] then
  epoch = ARGV[5]
  redis.call('HSET', KEYS[1], 'epoch', epoch, 'era', ARGV[8])
end
local offset = redis.call('HINCRBY', KEYS[1], 'offset', 1)
redis.call('XADD', KEYS[2], 'MAXLEN', ARGV[3], offset .. '-0', 'p', ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
redis.call('PEXPIRE', KEYS[1], math.max(ARGV[4] * 2, 3600000))
redis.call(ARGV[7], ARGV[1], epoch .. ' ' .. offset .. ' ' .. ARGV[6] .. '\n' .. ARGV[2])
return {epoch, tostring(offset)}
