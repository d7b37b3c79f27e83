package io.generalbots.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kube.Secrets;
import java.time.Duration;

/**
 * Recordings, as somebody with LiveKit's key asks for them, and what of them is in the object
 * store.
 *
 * @param pod who asks
 * @param key the API key
 * @param secret what tokens are signed with
 */
record Recordings(S3Pod pod, String key, String secret) {

  private static final String API =
      """
      part() { base64 -w0 | tr '+/' '-_' | tr -d '='; }
      token() {
        local text
        text=$(printf '{"alg":"HS256","typ":"JWT"}' | part).$(jq -nc --arg key '%s' --arg room '%s' '{iss: $key,
          exp: (now + 300 | floor), video: {room: $room, roomAdmin: true, roomRecord: true, roomList: true}}' | part)
        printf '%%s.%%s' "$text" "$(printf %%s "$text" | openssl dgst -sha256 -hmac '%s' -binary | part)"
      }
      api() {
        curl -s --max-time 20 -H "Authorization: Bearer $(token)" -H 'Content-Type: application/json' -d "$2" \
          "http://demo-livekit:7880/twirp/livekit.$1"
      }
      """;

  /** An Ogg file says on its last page how far it goes, in samples of 48 kHz for Opus. */
  private static final String SECONDS =
      """
      s3 "$ENDPOINT/recordings/%s" -o recording
      python3 - <<'PYTHON'
      data = open("recording", "rb").read()
      assert data[:4] == b"OggS" and b"OpusHead" in data[:200], data[:200]
      last = data.rindex(b"OggS")
      print(int.from_bytes(data[last + 6 : last + 14], "little") / 48000)
      PYTHON
      """;

  /**
   * Who writes recordings.
   *
   * @param secret with the login
   */
  record Login(Secret secret) {

    String put(S3Pod pod, String path) {
      return status(pod, "-T /etc/hostname", path);
    }

    String get(S3Pod pod, String path) {
      return status(pod, "", path);
    }

    private String status(S3Pod pod, String options, String path) {
      var login = Secrets.text(secret, "username") + ":" + Secrets.text(secret, "password");
      return pod.run(
          "curl -s --max-time 20 --aws-sigv4 aws:amz:us-east-1:s3 --user '%s' -o answer -w '%%{http_code}' %s \"$ENDPOINT/%s\""
              .formatted(login, options, path));
    }
  }

  /** Has somebody's sound recorded, and gives the number of the recording. */
  String start(String room, String who, String file) {
    var track =
        "track=$(api RoomService/ListParticipants '{\"room\": \"%s\"}' | jq -r"
            + " '.participants[] | select(.identity == \"%s\") | .tracks[0].sid'); ";
    var request =
        "api Egress/StartTrackEgress \"{\\\"room_name\\\": \\\"%s\\\", \\\"track_id\\\": \\\"$track\\\","
            + " \\\"file\\\": {\\\"filepath\\\": \\\"%s\\\"}}\"";
    var said = asked(room, track.formatted(room, who) + request.formatted(room, file));
    assertThat(said).contains("egress_id");
    return said.replaceAll("(?s).*\"egress_id\": *\"([^\"]+)\".*", "$1");
  }

  void awaitStatus(String id, String status, Duration limit) {
    var command = "api Egress/ListEgress '{\"egress_id\": \"%s\"}' | jq -r '.items[0].status'";
    pod.until(API.formatted(key, "hall", secret) + command.formatted(id), status, limit);
  }

  /** How long a recording in the bucket is. */
  double seconds(String file) {
    return Double.parseDouble(pod.run(SECONDS.formatted(file)));
  }

  private String asked(String room, String command) {
    return pod.run(API.formatted(key, room, secret) + command);
  }
}
