-- Sum of the living parts of a counter; parts that have ended are taken out.
-- KEYS: hash from node to 'part:expiry'
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local sum = 0
local parts = redis.call('HGETALL', KEYS[1])
for i = 1, #parts, 2 do
  local part, ends = parts[i + 1]:match('^(-?%d+):(%d+)$')
  if tonumber(ends) > now then
    sum = sum + part
  else
    redis.call('HDEL', KEYS[1], parts[i])
  end
end
return sum
