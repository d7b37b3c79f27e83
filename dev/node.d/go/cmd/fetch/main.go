// Command fetch asks for one URL and fails unless the answer is 200: what the acceptance test runs inside pods.
package main

import (
	"fmt"
	"net/http"
	"os"
	"time"
)

// patience is how long an answer may take before the way to it counts as closed.
const patience = 2 * time.Second

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "fetch: give one URL")
		os.Exit(2)
	}
	client := http.Client{Timeout: patience}
	answer, err := client.Get(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "fetch:", err)
		os.Exit(1)
	}
	if err := answer.Body.Close(); err != nil || answer.StatusCode != http.StatusOK {
		fmt.Fprintln(os.Stderr, "fetch:", answer.Status, err)
		os.Exit(1)
	}
}
