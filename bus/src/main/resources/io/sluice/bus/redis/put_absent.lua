-- Sets a field of a hash unless it is there.
-- KEYS: hash
-- ARGV: milliseconds to live or 0, field, value
-- Gives: the value that was there, or nil
local before = redis.call('HGET', KEYS[1], ARGV[2])
if before then
  return before
end
redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
if ARGV[1] ~= '0' then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
end
return nil
