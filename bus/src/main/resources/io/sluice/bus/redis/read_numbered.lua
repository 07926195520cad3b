-- What came after a place, if all of it is still there and not too much.
-- KEYS: hash of the numbering, stream of kept messages
-- ARGV: epoch and offset of the place, most messages, most bytes of payload, epoch to begin if there is none, era
-- Gives: epoch, offset of the newest message, then either '0', or '1' and the payloads in order
local epoch = epoch_of(ARGV[5], ARGV[6])
local offset = tonumber(redis.call('HGET', KEYS[1], 'offset') or '0')
local missing = offset - tonumber(ARGV[2])
if epoch ~= ARGV[1] or missing < 0 or missing > tonumber(ARGV[3]) then
  return {epoch, tostring(offset), '0'}
end
local answer = {epoch, tostring(offset), '1'}
if missing > 0 then
  local kept = redis.call('XRANGE', KEYS[2], (ARGV[2] + 1) .. '-0', '+')
  if #kept ~= missing then
    return {epoch, tostring(offset), '0'}
  end
  local room = tonumber(ARGV[4])
  for i, entry in ipairs(kept) do
    room = room - #entry[2][2]
    if room < 0 then
      return {epoch, tostring(offset), '0'}
    end
    answer[3 + i] = entry[2][2]
  end
end
return answer
