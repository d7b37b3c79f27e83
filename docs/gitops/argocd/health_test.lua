-- Run by dev/checks/gitops with Lua 5.1, the language of Argo CD: each case gives health.lua an object.

local script = arg[1]
local passed, failed = 0, 0

local function condition(kind, status, message)
  return { type = kind, status = status, message = message }
end

local function object(given)
  return {
    metadata = { generation = given.generation or 2, annotations = given.annotations },
    spec = given.spec or {},
    status = { observedGeneration = given.observed or 2, phase = given.phase, conditions = given.conditions },
  }
end

local function case(name, live, wanted, message)
  local health = setfenv(assert(loadfile(script)), { obj = live, ipairs = ipairs })()
  local same = health.status == wanted and (message == nil or health.message == message)
  if same then
    passed = passed + 1
  else
    failed = failed + 1
    print(("%s: wanted %s, got %s (%s)"):format(name, wanted, health.status, health.message))
  end
end

local ready = condition("Ready", "True", "all components are ready")
local working = condition("Reconciling", "True", "postgres: 2 of 3 instances are ready")
local stalled = condition("Stalled", "True", "spec.domain is taken")
local broken = condition("Ready", "False", "valkey: no primary")

case("a ready one is healthy", object({ conditions = { ready } }), "Healthy", "all components are ready")
case("an object without status is progressing", { metadata = { generation = 1 } }, "Progressing")
case("an empty object is progressing", {}, "Progressing")
case("a stalled one is degraded", object({ conditions = { stalled, broken } }), "Degraded", "spec.domain is taken")
case("stalled wins over ready", object({ conditions = { ready, stalled } }), "Degraded")
case("an unseen edit is progressing", object({ observed = 1, conditions = { ready } }), "Progressing")
case(
  "one at work is progressing",
  object({ conditions = { broken, working } }),
  "Progressing",
  "postgres: 2 of 3 instances are ready"
)
case("neither ready nor at work is degraded", object({ conditions = { broken } }), "Degraded", "valkey: no primary")
case("a false Reconciling does not hide Ready", object({ conditions = { ready, condition("Reconciling", "False", "") } }), "Healthy")
case("a paused one is suspended", object({ annotations = { ["generalbots.io/paused"] = "true" }, conditions = { ready } }), "Suspended")
case("a Paused condition suspends", object({ conditions = { condition("Paused", "True", "paused"), ready } }), "Suspended", "paused")
case("paused=false changes nothing", object({ annotations = { ["generalbots.io/paused"] = "false" }, conditions = { ready } }), "Healthy")
case("a hibernated one is suspended", object({ spec = { hibernate = true }, conditions = { ready } }), "Suspended")
case("one on its way to sleep is progressing", object({ spec = { hibernate = true }, conditions = { working } }), "Progressing")
case("a suspended tenant is suspended", object({ spec = { suspend = true }, conditions = { ready } }), "Suspended")
case("a planned switchover is progressing", object({ phase = "SwitchingOver", conditions = { ready } }), "Progressing")
case(
  "a switchover that is done leaves its annotation and is healthy",
  object({ annotations = { ["generalbots.io/switchover"] = "auto" }, phase = "Healthy", conditions = { ready } }),
  "Healthy"
)
case("no Ready condition is progressing", object({ conditions = {} }), "Progressing")

print(("%d passed, %d failed"):format(passed, failed))
os.exit(failed == 0 and 0 or 1)
