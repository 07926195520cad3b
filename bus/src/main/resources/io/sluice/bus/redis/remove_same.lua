-- Removes a field of a hash if it has this value.
-- KEYS: hash
-- ARGV: field, value
-- Gives: 1 when it was removed, else 0
if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then
  return redis.call('HDEL', KEYS[1], ARGV[1])
end
return 0
