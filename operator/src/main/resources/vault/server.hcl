log_format = "json"
ui = false

# Passwords are as long as keys. Whoever reaches the port could otherwise lock the operator out, and it could do
# so itself, trying again with a password that was wrong for a moment.
user_lockout "userpass" {
  disable_lockout = "true"
}

listener "tcp" {
  address = "[::]:8200"
  tls_cert_file = "/tls/tls.crt"
  tls_key_file = "/tls/tls.key"
}

seal "static" {
  current_key_id = "1"
  current_key = "file:///unseal/key"
}

audit "file" "stdout" {
  options = { file_path = "stdout" }
}
