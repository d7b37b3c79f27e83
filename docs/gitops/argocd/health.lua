-- Health of BotCluster, Tenant and ShardPolicy for Argo CD: the three share their conditions.
-- `obj` is the live object, as Argo CD hands it to health scripts.

local function condition(kind)
  for _, c in ipairs((obj.status or {}).conditions or {}) do
    if c.type == kind then
      return c
    end
  end
  return {}
end

local function is(kind)
  return condition(kind).status == "True"
end

local function answer(status, kind, otherwise)
  local message = condition(kind).message
  if message == nil or message == "" then
    message = otherwise
  end
  return { status = status, message = message }
end

local metadata, spec, status = obj.metadata or {}, obj.spec or {}, obj.status or {}
local annotations = metadata.annotations or {}

if is("Stalled") then
  return answer("Degraded", "Stalled", "the spec cannot work as it is")
end
if is("Paused") or annotations["generalbots.io/paused"] == "true" then
  return answer("Suspended", "Paused", "paused by annotation generalbots.io/paused")
end
if is("Suspended") or spec.suspend == true then
  return answer("Suspended", "Suspended", "suspended by its spec")
end
if status.observedGeneration == nil then
  return answer("Progressing", "Reconciling", "not seen by the operator yet")
end
if metadata.generation ~= nil and status.observedGeneration < metadata.generation then
  return answer("Progressing", "Reconciling", "the last change of the spec is not seen by the operator yet")
end
if spec.hibernate == true and not is("Reconciling") then
  return answer("Suspended", "Ready", "hibernated by its spec")
end
-- Not by annotation: that stays when the switchover is done.
if status.phase == "SwitchingOver" then
  return answer("Progressing", "Reconciling", "a planned switchover is under way")
end
if is("Reconciling") then
  return answer("Progressing", "Reconciling", "on its way to the wanted state")
end
if is("Ready") then
  return answer("Healthy", "Ready", "ready")
end
if condition("Ready").status == "False" then
  return answer("Degraded", "Ready", "not ready")
end
return answer("Progressing", "Ready", "no condition says yet how it is")
