package main

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// announce names the limits and what is left of them, in the fields of the IETF's draft-ietf-httpapi-ratelimit-headers: q
// requests in w seconds, of which r are left, and all of them again after t seconds. burst is a parameter of our own, which
// others skip.
func announce(header http.Header, claims []claim, said verdict) {
	policies, left := make([]string, len(claims)), make([]string, len(claims))
	for i, claim := range claims {
		policies[i] = fmt.Sprintf("%q;q=%d;w=%d", claim.zone.Name, claim.zone.Requests, claim.zone.Window)
		if claim.zone.Burst > 0 {
			policies[i] += ";burst=" + strconv.Itoa(claim.zone.Burst)
		}
		left[i] = fmt.Sprintf("%q;r=%d;t=%d", claim.zone.Name, said.left[i], seconds(said.until(i)))
	}
	header.Set("RateLimit-Policy", strings.Join(policies, ", "))
	header.Set("RateLimit", strings.Join(left, ", "))
}

// until is when a bucket is full again; of one that is empty, when there is something in it: Retry-After may not be earlier.
func (v verdict) until(i int) time.Duration {
	if i == v.refused {
		return v.wait
	}
	return v.full[i]
}

func refuse(w http.ResponseWriter, over claim, wait time.Duration) error {
	header := w.Header()
	header.Set("Retry-After", strconv.Itoa(seconds(wait)))
	header.Set("Cache-Control", "no-store")
	header.Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(http.StatusTooManyRequests)
	_, err := fmt.Fprintf(w, "Too many requests: limit %q is %d in %d s. Try again in %d s.\n",
		over.zone.Name, over.zone.Requests, over.zone.Window, seconds(wait))
	return err
}

// seconds is never too short.
func seconds(d time.Duration) int { return int(math.Ceil(d.Seconds())) }
