-- Adds to the part of one node, and gives the sum of all living parts.
-- KEYS: hash from node to 'part:expiry'
-- ARGV: node, number to add, milliseconds the part lives
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local sum = 0
local mine = 0
local parts = redis.call('HGETALL', KEYS[1])
for i = 1, #parts, 2 do
  local part, ends = parts[i + 1]:match('^(-?%d+):(%d+)$')
  if tonumber(ends) > now then
    sum = sum + part
    if parts[i] == ARGV[1] then
      mine = tonumber(part)
    end
  else
    redis.call('HDEL', KEYS[1], parts[i])
  end
end
mine = mine + ARGV[2]
if mine == 0 then
  redis.call('HDEL', KEYS[1], ARGV[1])
else
  redis.call('HSET', KEYS[1], ARGV[1], string.format('%d:%d', mine, now + ARGV[3]))
  if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[3]) then
    redis.call('PEXPIRE', KEYS[1], ARGV[3])
  end
end
return sum + ARGV[2]
