-- Lets the part of one node live anew, if it has one.
-- KEYS: hash from node to 'part:expiry'
-- ARGV: node, milliseconds the part lives
local value = redis.call('HGET', KEYS[1], ARGV[1])
if not value then
  return 0
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local part = value:match('^(-?%d+):')
redis.call('HSET', KEYS[1], ARGV[1], string.format('%s:%d', part, now + ARGV[2]))
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return 1
