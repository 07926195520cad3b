-- Takes or renews a place in a sorted set by expiry, unless as many as allowed are alive.
-- KEYS: sorted set
-- ARGV: member, milliseconds of the lease, most living members, milliseconds the set outlives its last lease
-- Gives: 1 taken, 2 renewed, 0 full
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local ends = redis.call('ZSCORE', KEYS[1], ARGV[1])
local result = 1
if ends and tonumber(ends) > now then
  result = 2
elseif redis.call('ZCOUNT', KEYS[1], '(' .. now, '+inf') >= tonumber(ARGV[3]) then
  return 0
end
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2] + ARGV[4])
return result
