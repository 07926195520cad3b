-- Stands before the scripts of numbered topics.
-- KEYS: hash of the numbering, stream of kept messages

-- The epoch in force. Where there is none the one given begins, and so it does in another era than the last time, since
-- this server may not have got the last messages then.
local function epoch_of(fresh, era)
  local epoch = redis.call('HGET', KEYS[1], 'epoch')
  if epoch and (era == '' or redis.call('HGET', KEYS[1], 'era') == era) then
    return epoch
  end
  redis.call('HSET', KEYS[1], 'epoch', fresh, 'era', era)
  if not epoch then
    redis.call('PEXPIRE', KEYS[1], 3600000)
    redis.call('DEL', KEYS[2])
  end
  return fresh
end
