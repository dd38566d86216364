-- Stores and deletes memory objects, and reads them. All keys are in the slot of the prefix.
-- ARGV: the prefix, the time in milliseconds since 1970 or nothing for that of Redis, what to do, and its arguments.
-- An object is a hash; a member names it in all sorted sets: the length of its tenant, the tenant, its path.
-- Numbers are returned as texts, so that none is rounded.
local SWEPT_AT_ONCE = 256
local KEPT = 7 * 24 * 3600 * 1000
local P, now = ARGV[1], tonumber(ARGV[2])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local VERSION, FORGOTTEN, FEED, GONE, EXPIRING = P .. 'version', P .. 'forgotten', P .. 'feed', P .. 'gone', P .. 'expiring'
local USAGE, OBJECTS = P .. 'usage', P .. 'objects'

local function text(number) return string.format('%.0f', number) end
local function member(tenant, path) return #tenant .. ':' .. tenant .. ':' .. path end
local function key(tenant, path) return P .. 'object:' .. member(tenant, path) end
local function sizes(tenant) return P .. 'sizes:' .. tenant end
local function paths(tenant) return P .. 'paths:' .. tenant end
local function cache(tenant) return P .. 'cache:' .. tenant end

local function parse(name)
  local digits, rest = string.match(name, '^(%d+):(.*)$')
  local length = tonumber(digits)
  return string.sub(rest, 1, length), string.sub(rest, length + 2)
end

local function count(tenant, objects, bytes)
  redis.call('HINCRBY', USAGE, tenant, text(bytes))
  redis.call('HINCRBY', P .. 'total', 'bytes', text(bytes))
  redis.call('HINCRBY', P .. 'total', 'objects', text(objects))
end

local function remove(tenant, path)
  local size = redis.call('HGET', sizes(tenant), path)
  if not size then return end
  local name = member(tenant, path)
  redis.call('DEL', key(tenant, path))
  redis.call('HDEL', sizes(tenant), path)
  redis.call('ZREM', paths(tenant), path)
  redis.call('ZREM', cache(tenant), path)
  redis.call('ZREM', EXPIRING, name)
  count(tenant, -1, -tonumber(size))
  redis.call('ZADD', FEED, text(redis.call('INCR', VERSION)), name)
  redis.call('ZADD', GONE, text(now), name)
end

-- Removes some of what has expired, and old records of deletions; returns whether there may be more that has expired.
local function sweep()
  local old = redis.call('ZRANGEBYSCORE', GONE, '-inf', text(now - KEPT), 'LIMIT', 0, SWEPT_AT_ONCE)
  for _, name in ipairs(old) do
    local version = tonumber(redis.call('ZSCORE', FEED, name) or '0')
    if version > tonumber(redis.call('GET', FORGOTTEN) or '0') then redis.call('SET', FORGOTTEN, text(version)) end
    redis.call('ZREM', FEED, name)
    redis.call('ZREM', GONE, name)
  end
  local expired = redis.call('ZRANGEBYSCORE', EXPIRING, '-inf', text(now), 'LIMIT', 0, SWEPT_AT_ONCE)
  for _, name in ipairs(expired) do remove(parse(name)) end
  return #expired == SWEPT_AT_ONCE
end

-- The fields of an object that has not expired, in this order; nil if there is none.
local FIELDS = { 'version', 'key', 'bytes', 'created', 'updated', 'expires', 'cache', 'tags' }
local function find(tenant, path, withJson)
  local names = { unpack(FIELDS) }
  if withJson then names[#names + 1] = 'json' end
  local fields = redis.call('HMGET', key(tenant, path), unpack(names))
  if not fields[1] then return nil end
  local expires = tonumber(fields[6])
  if expires > 0 and expires <= now then return nil end
  return fields
end

local function append(list, more)
  for _, one in ipairs(more) do list[#list + 1] = one end
end

local function holds(condition, version)
  if condition == '' then return true end
  if condition == 'absent' then return not version end
  if condition == 'present' then return version and true or false end
  return version and string.find(',' .. condition .. ',', ',' .. version .. ',', 1, true) and true or false
end

-- Removes objects that may be removed, those first that were not used for the longest time; none if that is not enough.
local function makeRoom(tenant, path, lacking)
  local found, start = {}, 0
  while lacking > 0 do
    local some = redis.call('ZRANGE', cache(tenant), start, start + SWEPT_AT_ONCE - 1)
    if #some == 0 then return false end
    for _, one in ipairs(some) do
      if lacking > 0 and one ~= path then
        found[#found + 1] = one
        lacking = lacking - tonumber(redis.call('HGET', sizes(tenant), one))
      end
    end
    start = start + SWEPT_AT_ONCE
  end
  for _, one in ipairs(found) do remove(tenant, one) end
  return true
end

-- put: path, condition, quota, bytes, key, life, cache, tags, json
local function put(tenant, a)
  local path, bytes = a[1], tonumber(a[4])
  local former = find(tenant, path, false)
  if not holds(a[2], former and former[1]) then return { 'precondition', '', '' } end
  local more = bytes - tonumber(redis.call('HGET', sizes(tenant), path) or '0')
  local lacking = tonumber(redis.call('HGET', USAGE, tenant) or '0') + more - tonumber(a[3])
  if more > 0 and lacking > 0 and not makeRoom(tenant, path, lacking) then return { 'quota', '', '' } end
  local isNew = redis.call('HEXISTS', sizes(tenant), path) == 0
  local version = text(redis.call('INCR', VERSION))
  local created = former and former[4] or text(now)
  local life = tonumber(a[6])
  local expires = life > 0 and text(now + life) or '0'
  local name, object = member(tenant, path), key(tenant, path)
  redis.call('DEL', object)
  redis.call('HSET', object, 'version', version, 'key', a[5], 'bytes', a[4], 'created', created, 'updated', text(now),
    'expires', expires, 'cache', a[7], 'tags', a[8], 'json', a[9])
  redis.call('ZREM', EXPIRING, name)
  if life > 0 then
    redis.call('PEXPIRE', object, text(life))
    redis.call('ZADD', EXPIRING, expires, name)
  end
  redis.call('ZREM', cache(tenant), path)
  if a[7] == '1' then redis.call('ZADD', cache(tenant), text(now), path) end
  redis.call('ZADD', paths(tenant), 0, path)
  redis.call('HSET', sizes(tenant), path, a[4])
  count(tenant, isNew and 1 or 0, more)
  redis.call('ZADD', FEED, version, name)
  redis.call('ZREM', GONE, name)
  return { 'stored', version, created }
end

-- delete: path, condition
local function delete(tenant, a)
  local former = find(tenant, a[1], false)
  if not holds(a[2], former and former[1]) then return { 'precondition', '', '' } end
  remove(tenant, a[1])
  return { 'deleted', former and '1' or '0', '' }
end

-- Changes of one tenant: each has a name and nine arguments. Returns the time and three texts each, or only: again.
local function change(tenant)
  if sweep() then return { 'again' } end
  local result, at = { text(now) }, 5
  while ARGV[at] do
    local a = { unpack(ARGV, at + 1, at + 9) }
    append(result, ARGV[at] == 'put' and put(tenant, a) or delete(tenant, a))
    at = at + 10
  end
  return result
end

-- The objects at some paths, until they have so many bytes. Returns for each that is there its path, fields and value.
local function read(tenant, limit, most)
  local result, bytes, number = {}, 0, 0
  for at = 7, #ARGV, 2 do
    if number == limit or bytes > most then break end
    local fields = find(tenant, ARGV[at], true)
    if fields and (ARGV[at + 1] == '' or ARGV[at + 1] == fields[1]) then
      if fields[7] == '1' then redis.call('ZADD', cache(tenant), 'XX', text(now), ARGV[at]) end
      result[#result + 1] = ARGV[at]
      append(result, fields)
      bytes = bytes + #fields[9]
      number = number + 1
    end
  end
  return result
end

-- Returns for each object its path and fields. Bounds are those of ZRANGEBYLEX.
local function list(tenant, from, to, limit)
  local result, number = {}, 0
  while number < limit do
    local some = redis.call('ZRANGEBYLEX', paths(tenant), from, to, 'LIMIT', 0, SWEPT_AT_ONCE)
    if #some == 0 then return result end
    for _, path in ipairs(some) do
      local fields = find(tenant, path, false)
      if fields and number < limit then
        result[#result + 1] = path
        append(result, fields)
        number = number + 1
      end
    end
    from = '(' .. some[#some]
  end
  return result
end

-- The store's ID, the last version, and the one after which all changes are in the feed.
local function head(id)
  redis.call('SETNX', P .. 'store', id)
  return { redis.call('GET', P .. 'store'), redis.call('GET', VERSION) or '0', redis.call('GET', FORGOTTEN) or '0',
    redis.call('HGET', P .. 'total', 'objects') or '0', redis.call('HGET', P .. 'total', 'bytes') or '0' }
end

-- Changes after a version: the head, then for each change its version, tenant, path and nine fields, empty if it is gone.
local function feed(id, version, limit, most)
  local result, bytes = head(id), 0
  local some = redis.call('ZRANGEBYSCORE', FEED, '(' .. version, '+inf', 'WITHSCORES', 'LIMIT', 0, limit)
  for at = 1, #some, 2 do
    local tenant, path = parse(some[at])
    local fields = redis.call('HMGET', key(tenant, path), unpack(FIELDS))
    local json = redis.call('HGET', key(tenant, path), 'json')
    local score = text(tonumber(some[at + 1]))
    if fields[1] ~= score then fields, json = { '', '', '', '', '', '', '', '' }, '' end
    bytes = bytes + #json
    if bytes > most and at > 1 then break end
    append(result, { score, tenant, path })
    append(result, fields)
    result[#result + 1] = json
  end
  return result
end

local what, tenant = ARGV[3], ARGV[4]
if what == 'change' then return change(tenant) end
if what == 'read' then return read(tenant, tonumber(ARGV[5]), tonumber(ARGV[6])) end
if what == 'list' then return list(tenant, ARGV[5], ARGV[6], tonumber(ARGV[7])) end
if what == 'head' then return head(tenant) end
return feed(tenant, ARGV[5], tonumber(ARGV[6]), tonumber(ARGV[7]))
