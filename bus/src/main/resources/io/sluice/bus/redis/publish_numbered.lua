-- Numbers a message, keeps it, and sends it with its place to all listeners.
-- KEYS: hash of the numbering, stream of kept messages
-- ARGV: channel, payload, messages kept, milliseconds kept, epoch to begin if there is none, origin, publish command,
--   era
-- Gives: epoch, offset
local epoch = epoch_of(ARGV[5], ARGV[8])
local offset = redis.call('HINCRBY', KEYS[1], 'offset', 1)
redis.call('XADD', KEYS[2], 'MAXLEN', ARGV[3], offset .. '-0', 'p', ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
redis.call('PEXPIRE', KEYS[1], math.max(ARGV[4] * 2, 3600000))
redis.call(ARGV[7], ARGV[1], epoch .. ' ' .. offset .. ' ' .. ARGV[6] .. '\n' .. ARGV[2])
return {epoch, tostring(offset)}
