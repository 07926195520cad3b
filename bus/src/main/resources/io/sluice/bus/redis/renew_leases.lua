-- Renews many places or takes them again, each as take_lease does.
-- KEYS: the sorted set of each
-- ARGV: milliseconds of the lease, most living members, milliseconds a set outlives its last lease, the member of each
-- Gives: which of them found no place, counted from 1
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local full = {}
for i, key in ipairs(KEYS) do
  local member = ARGV[3 + i]
  local ends = redis.call('ZSCORE', key, member)
  if ends and tonumber(ends) > now
      or redis.call('ZCOUNT', key, '(' .. now, '+inf') < tonumber(ARGV[2]) then
    redis.call('ZADD', key, now + ARGV[1], member)
    redis.call('PEXPIRE', key, ARGV[1] + ARGV[3])
  else
    full[#full + 1] = i
  end
end
return full
