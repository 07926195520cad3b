-- The newest messages that are kept.
-- KEYS: hash of the numbering, stream of kept messages
-- ARGV: most messages, most bytes of payload, epoch to begin if there is none, era
-- Gives: epoch, offset of the newest message, '1', the payloads in order
local epoch = epoch_of(ARGV[3], ARGV[4])
local answer = {epoch, redis.call('HGET', KEYS[1], 'offset') or '0', '1'}
local kept = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', ARGV[1])
local room = tonumber(ARGV[2])
local fitting = 0
for _, entry in ipairs(kept) do
  room = room - #entry[2][2]
  if room < 0 then
    break
  end
  fitting = fitting + 1
end
for i = fitting, 1, -1 do
  answer[#answer + 1] = kept[i][2][2]
end
return answer
