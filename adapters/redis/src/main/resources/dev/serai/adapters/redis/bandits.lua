-- Stores rows of what bandits have learned. All keys are in the slot of the prefix, and expire.
-- ARGV: the prefix, what to do, and its arguments.
-- A row is a hash. The sorted sets `numbers` (rows that are not folded) and `name:NAME` have the numbers of rows, `names` when a name was learned of last.
-- The gateway of a folded or restored row is empty. A row of '+' and a gateway has the part of a restored row that gateways from before the loss do not know: it is in `numbers` only.
-- Numbers are returned as texts, so that none is rounded. They begin with the time, so that those of a Redis that has lost its rows are higher than before.
local KEPT = 90 * 24 * 3600 * 1000
local MAX_NAMES, MAX_ROWS, MAX_BYTES, PAGE = 1000, 5000, 4000000, 1000
local P = ARGV[1]
local HEAD, NUMBERS, NAMES, FOLDS = P .. 'head', P .. 'numbers', P .. 'names', P .. 'folds'

local function text(number) return string.format('%.0f', number) end
local function row(number) return P .. 'row:' .. number end
local function rows(name) return P .. 'name:' .. name end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function keep()
  for _, key in ipairs({HEAD, NUMBERS, NAMES, FOLDS}) do redis.call('PEXPIRE', key, KEPT) end
end

local function head()
  redis.call('HSETNX', HEAD, 'begun', text(now))
  redis.call('HSETNX', HEAD, 'last', text(now))
end

local function drop(name, number)
  redis.call('DEL', row(number))
  redis.call('ZREM', NUMBERS, number)
  redis.call('ZREM', rows(name), number)
end

local function dropName(name)
  for _, number in ipairs(redis.call('ZRANGE', rows(name), 0, -1)) do drop(name, number) end
  redis.call('DEL', rows(name), P .. 'restored:' .. name)
  redis.call('ZREM', NAMES, name)
  redis.call('HDEL', FOLDS, name)
end

local function put(name, number, gateway, written, state)
  redis.call('HSET', row(number), 'name', name)
  redis.call('HSET', row(number), 'gateway', gateway)
  redis.call('HSET', row(number), 'written', written)
  redis.call('HSET', row(number), 'state', state)
  redis.call('PEXPIREAT', row(number), text(tonumber(written) + KEPT))
end

local function insert(name, number, gateway, written, state)
  put(name, number, gateway, written, state)
  redis.call('ZADD', rows(name), number, number)
  redis.call('PEXPIRE', rows(name), KEPT)
end

local function nextNumber()
  local number = redis.call('HINCRBY', HEAD, 'last', 1)
  redis.call('ZADD', NUMBERS, number, number)
  return number
end

local function add(name, gateway, state)
  insert(name, nextNumber(), gateway, text(now), state)
  redis.call('ZADD', NAMES, text(now), name)
  local many = redis.call('ZCARD', rows(name)) - MAX_ROWS
  if many > 0 then
    for _, number in ipairs(redis.call('ZRANGE', rows(name), 0, many - 1)) do drop(name, number) end
  end
  local more = redis.call('ZCARD', NAMES) - MAX_NAMES
  if more > 0 then
    for _, old in ipairs(redis.call('ZRANGE', NAMES, 0, more - 1)) do dropName(old) end
  end
end

local actions = {}

function actions.head()
  head()
  keep()
  return redis.call('HMGET', HEAD, 'begun', 'last')
end

function actions.append(gateway, batch)
  local key = P .. 'batch:' .. gateway
  if tonumber(redis.call('GET', key) or '0') >= tonumber(batch) then return {} end
  redis.call('SET', key, batch, 'PX', KEPT)
  head()
  for i = 5, #ARGV, 2 do add(ARGV[i], gateway, ARGV[i + 1]) end
  keep()
  return {}
end

-- The first gateway that restores a name has a mark, which knows it again if the reply was lost.
function actions.restore(gateway, batch)
  local restored = {}
  local by = gateway .. ':' .. batch
  head()
  for i = 5, #ARGV, 3 do
    local name, unshared = ARGV[i], ARGV[i + 2]
    if redis.call('SET', P .. 'restored:' .. name, by, 'NX', 'PX', KEPT) then
      add(name, '', ARGV[i + 1])
      if unshared ~= '' then put(name, nextNumber(), '+' .. gateway, text(now), unshared) end
    end
    if redis.call('GET', P .. 'restored:' .. name) == by then restored[#restored + 1] = name end
  end
  keep()
  return restored
end

-- The number up to which was read, whether there may be more, and the rows.
function actions.others(gateway, after)
  local found = redis.call('ZRANGEBYSCORE', NUMBERS, '(' .. after, '+inf', 'LIMIT', 0, PAGE)
  local reply, bytes, upTo = {after, #found == PAGE and '1' or '0'}, 0, after
  for _, number in ipairs(found) do
    if bytes > MAX_BYTES then
      reply[2] = '1'
      break
    end
    local f = redis.call('HMGET', row(number), 'name', 'gateway', 'written', 'state')
    if not f[1] then
      redis.call('ZREM', NUMBERS, number)
    elseif f[2] ~= gateway and f[2] ~= '+' .. gateway then
      bytes = bytes + #f[4]
      for _, value in ipairs({number, f[1], f[2], f[3], f[4]}) do reply[#reply + 1] = value end
    end
    upTo = number
  end
  reply[1] = upTo
  return reply
end

-- The time, how often rows of the name were folded, and the rows: without any, there are no more. At most MAX_ROWS numbers of rows that have expired are passed over.
function actions.name(name, after)
  local reply, bytes = {text(now), redis.call('HGET', FOLDS, name) or '0'}, 0
  repeat
    local found = redis.call('ZRANGEBYSCORE', rows(name), '(' .. after, '+inf', 'LIMIT', 0, PAGE)
    for _, number in ipairs(found) do
      if bytes > MAX_BYTES then break end
      local f = redis.call('HMGET', row(number), 'gateway', 'written', 'state')
      if not f[1] then
        redis.call('ZREM', rows(name), number)
      else
        bytes = bytes + #f[3]
        for _, value in ipairs({number, name, f[1], f[2], f[3]}) do reply[#reply + 1] = value end
      end
    end
  until #found == 0 or #reply > 2
  return reply
end

function actions.names(atMost) return redis.call('ZREVRANGE', NAMES, 0, tonumber(atMost) - 1) end

local function oldestUnfolded(name)
  for _, number in ipairs(redis.call('ZRANGE', rows(name), 0, 9)) do
    local f = redis.call('HMGET', row(number), 'gateway', 'written')
    if f[1] and f[1] ~= '' then return tonumber(f[2]) end
  end
  return now
end

function actions.foldable(age, many)
  local found = {}
  for _, name in ipairs(redis.call('ZRANGE', NAMES, 0, -1)) do
    if redis.call('ZCARD', rows(name)) > tonumber(many) or oldestUnfolded(name) < now - tonumber(age) then
      found[#found + 1] = name
    end
  end
  return found
end

-- The rows that it replaces are numbers and hashes of their states.
function actions.fold(name, number, written, state)
  for i = 7, #ARGV, 2 do
    local there = redis.call('HGET', row(ARGV[i]), 'state')
    if not there or redis.sha1hex(there) ~= ARGV[i + 1] then return {} end
  end
  for i = 7, #ARGV, 2 do drop(name, ARGV[i]) end
  insert(name, number, '', written, state)
  redis.call('HINCRBY', FOLDS, name, 1)
  keep()
  return {}
end

function actions.forget(age)
  local old = redis.call('ZRANGEBYSCORE', NAMES, '-inf', '(' .. text(now - tonumber(age)), 'LIMIT', 0, PAGE)
  for _, name in ipairs(old) do dropName(name) end
  return {}
end

return actions[ARGV[2]](ARGV[3], ARGV[4], ARGV[5], ARGV[6])
