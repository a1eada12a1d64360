-- wrk's side of bench/lookups.py: another predio and another citizen's address with every request.
local keys, number = {}, 0
for key in io.lines(os.getenv("BENCH_KEYS")) do keys[#keys + 1] = key end
local before, after = os.getenv("BENCH_BEFORE"), os.getenv("BENCH_AFTER") or ""

request = function()
    number = number + 1
    local citizen = number % 4000
    local address = string.format("198.18.%d.%d", math.floor(citizen / 200), citizen % 200 + 1)
    return wrk.format("GET", before .. keys[number * 7919 % #keys + 1] .. after, { ["X-Forwarded-For"] = address })
end

done = function(summary, latency)
    local failed = summary.errors
    io.write(string.format('{"requests": %d, "seconds": %.3f, "p50_ms": %.1f, "p99_ms": %.1f, "failed": %d}\n',
        summary.requests, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
        failed.connect + failed.read + failed.write + failed.status + failed.timeout))
end
