-- Adds what one gateway has taken from its windows, and returns what all gateways have taken.
-- KEYS: the gateways by the time of their last report; the number of this gateway's last report;
--       then a window each.
-- ARGV: the gateway; the number of the report; then for each window what was taken since the last
--       report, what is taken as far as the gateway knows, and what refills per microsecond (0: a day).
-- Returns seconds, microseconds, the number of gateways, then for each window what is taken.
local PRESENT = 5 * 1000000
local DAY = 24 * 3600 * 1000

local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]

local number = tonumber(ARGV[2])
local isNew = number > tonumber(redis.call('GET', KEYS[2]) or '0')

redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - PRESENT)
redis.call('PEXPIRE', KEYS[1], DAY)
local result = { time[1], time[2], redis.call('ZCARD', KEYS[1]) }

for i = 3, #KEYS do
  local at = 3 * (i - 2)
  local change, known, refill = tonumber(ARGV[at]), tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local entry = redis.call('HMGET', KEYS[i], 'used', 'at')
  local used = tonumber(entry[1] or '')
  if used then
    used = math.max(0, used - math.max(0, now - tonumber(entry[2])) * refill)
    if isNew then
      used = math.max(0, used + change)
    end
  else
    used = known
  end
  if used > 0 then
    redis.call('HSET', KEYS[i], 'used', string.format('%.17g', used), 'at', string.format('%.0f', now))
    -- A window that refills is empty of usage then; a day is over.
    local life = refill > 0 and math.ceil(used / refill / 1000) + 60000 or 2 * DAY
    redis.call('PEXPIRE', KEYS[i], string.format('%.0f', math.min(life, 30 * DAY)))
  else
    redis.call('DEL', KEYS[i])
  end
  result[#result + 1] = string.format('%.17g', used)
end

if isNew then
  redis.call('SET', KEYS[2], ARGV[2], 'PX', DAY)
end
return result
