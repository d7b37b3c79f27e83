log_format = "json"
ui = false

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
