-- Sets fields of a hash and, unless it is 0, its time to live.
-- KEYS: hash
-- ARGV: milliseconds to live, then fields and values in turn
for i = 2, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
end
if ARGV[1] ~= '0' then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
end
return 1
