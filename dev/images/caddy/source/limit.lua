-- One token of each bucket, or of none (GCRA). A key is the moment at which its bucket will be full, in microseconds.
-- KEYS: buckets. ARGV: of each, how many tokens a full one has, and in how many microseconds one comes in.
-- Answer: which one has to wait longest, 0 if none has to; how long; of each what is left, and when it is full.
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local full, who, wait = {}, 0, 0
for i, key in ipairs(KEYS) do
  local volume, interval = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  full[i] = math.max(now, tonumber(redis.call('GET', key) or 0))
  local lacking = full[i] + interval - volume * interval - now
  -- A millionth of a token is an error of arithmetic.
  if lacking > interval / 1000000 and lacking > wait then
    who, wait = i, lacking
  end
end
local answer = {who, math.ceil(wait)}
for i, key in ipairs(KEYS) do
  local volume, interval = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  if who == 0 then
    full[i] = full[i] + interval
    redis.call('SET', key, string.format('%.3f', full[i]), 'PX', math.max(1, math.ceil((full[i] - now) / 1000)))
  end
  answer[#answer + 1] = math.max(0, math.floor(volume - (full[i] - now) / interval + 0.000001))
  answer[#answer + 1] = math.ceil(full[i] - now)
end
return answer
