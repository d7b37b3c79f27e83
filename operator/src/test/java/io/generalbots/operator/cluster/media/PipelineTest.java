package io.generalbots.operator.cluster.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be given to GStreamer, and where it leads. */
class PipelineTest {

  @Test
  void placeholdersAreFilledInWhereverTheyStand() throws Malformed {
    var pipeline =
        Pipeline.of("videotestsrc ! filesink location='$(OUTPUT)/$(WORKER)/$(WORKER).ts'");
    assertThat(pipeline.with(Map.of(Pipeline.OUTPUT, "/out", Pipeline.WORKER, "3")))
        .containsExactly("videotestsrc", "!", "filesink", "location=/out/3/3.ts");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "videotestsrc",
        "videotestsrc ! fakesink",
        "hlssink2 name=out videotestsrc ! x264enc ! out.video audiotestsrc ! voaacenc ! out.audio",
        "a ! video/x-raw,format=(string)I420 ! b value=-1",
        "a ! text=\"it's ! on\" ! b"
      })
  void whatIsOneIsTaken(String text) {
    assertThat(Pipeline.flaw(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "` `, it is empty",
        "! a, no element stands before the ! at character 1",
        "a ! ! b, no element stands before the ! at character 5",
        "a ! b !, no element follows the ! at its end",
        "a '!' b ! '!' c, no element stands before the ! at character 11",
        "a ! --gst-plugin-path=/x, --gst-plugin-path=/x at character 5 is an option of gst-launch",
        "'-v' a, -v at character 1 is an option",
        "a x=$(HOME), nothing is known to put in place of $(HOME)",
        "a x=$(OUTPUT, nothing is known to put in place of $(OUTPUT",
        "a x='b, the quote ' at character 5 is never closed"
      })
  void whatIsNoneIsRefusedWithWhatToChange(String text, String message) {
    assertThat(Pipeline.flaw(text)).hasValueSatisfying(flaw -> assertThat(flaw).contains(message));
  }

  @Test
  void controlCharactersAreRefused() {
    assertThat(Pipeline.flaw("a x=\0b")).isPresent();
    assertThat(Pipeline.flaw("a x=\33[0m")).isPresent();
    assertThat(Pipeline.flaw("a\tb\r\nc")).isEmpty();
  }

  @Test
  void destinationsAreThoseOfTheAddresses() throws Malformed {
    assertThat(destinations("rtmp2src location=rtmp://user:pw@in.example.com/live ! fakesink"))
        .containsExactly(new Destination("TCP", 1935));
    assertThat(destinations("souphttpsrc location=https://a.example.com:8443/x?u=http://b/ ! s"))
        .containsExactly(new Destination("TCP", 80), new Destination("TCP", 8443));
    assertThat(destinations("rtspsrc location=rtsp://[2001:db8::1]:8554/x ! s"))
        .containsExactly(new Destination("TCP", 8554));
    assertThat(destinations("a ! srtsink uri=srt://out.example.com:7001"))
        .containsExactly(new Destination("UDP", 7001));
    assertThat(destinations("a ! udpsink host=192.0.2.1 port=5000"))
        .containsExactly(new Destination("TCP", 5000), new Destination("UDP", 5000));
  }

  @Test
  void whatNamesNoPortLeadsNowhere() throws Malformed {
    assertThat(destinations("videotestsrc ! filesink location=$(OUTPUT)/a.ts")).isEmpty();
    assertThat(destinations("a uri=file:///x ! srtsink uri=srt://out.example.com")).isEmpty();
    assertThat(destinations("a ! udpsink port=0 ! b port=99999 transport=1")).isEmpty();
  }

  private static List<Destination> destinations(String text) throws Malformed {
    return Destination.of(Pipeline.of(text).arguments());
  }
}
