initialize "operator" {
  request "logins" {
    operation = "update"
    path = "sys/auth/userpass"
    data = { type = "userpass" }
  }
  request "policy" {
    operation = "update"
    path = "sys/policies/acl/generalbots-operator"
    data = {
      policy = "path \"*\" { capabilities = [\"create\", \"read\", \"update\", \"patch\", \"delete\", \"list\", \"sudo\"] }"
    }
  }
  request "user" {
    operation = "update"
    path = "auth/userpass/users/generalbots-operator"
    data = {
      password = { eval_type = "string", eval_source = "file", path = "/operator/password" }
      token_policies = "generalbots-operator"
      token_ttl = "5m"
    }
  }
}
