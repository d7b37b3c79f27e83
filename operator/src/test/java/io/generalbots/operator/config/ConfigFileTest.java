package io.generalbots.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files are read as botserver reads them, and as spreadsheets write them. */
class ConfigFileTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "a,b|a|b",
        "  a , b  |a|b",
        "a,b,c|a|b,c",
        "a,b, c ,d|a|b,c,d",
        "a,b,,,|a|b",
        "a,|a|''",
        "a,b,,c|a|b,,c",
        "\"a\",\"b\"|a|b",
        "\"a\" , \"b\" |a|b",
        "a,\"b,c\"|a|b,c",
        "a,\"b \"\"c\"\"\"|a|b \"c\"",
        "a,b \"c\"|a|b \"c\"",
        "a,\"\"|a|''",
        "a,=b|a|=b",
        "a,b # c|a|b # c"
      })
  void aLineIsAKeyAndAValue(String line, String key, String value) {
    var file = ConfigFile.read(line);
    assertThat(file.remarks()).isEmpty();
    assertThat(file.lines()).containsExactly(new ConfigFile.Line(1, key, value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "a;b|no comma",
        "a|no comma",
        "\"a,b\"|no comma",
        "a,\"b|quote",
        "\"a,b|quote",
        "a,\"b\"c|quote",
        "a,\"b\" \"c\"|quote",
        ",b|no key",
        "\"\",b|no key"
      })
  void anythingElseIsToldWithItsLine(String line, String complaint) {
    var file = ConfigFile.read("x,1\n" + line + "\ny,2");
    assertThat(file.lines()).extracting(ConfigFile.Line::key).containsExactly("x", "y");
    assertThat(file.remarks()).hasSize(1);
    assertThat(file.remarks().get(0).line()).isEqualTo(2);
    assertThat(file.remarks().get(0).text()).contains(complaint);
  }

  @Test
  void linesAreCountedWhateverEndsThem() {
    var numbers = List.of(3, 5);
    for (var end : List.of("\n", "\r\n", "\r")) {
      var text = String.join(end, "# comment", "", "a,1", "  # another", "b,2", "");
      assertThat(ConfigFile.read(text).lines())
          .extracting(ConfigFile.Line::number)
          .isEqualTo(numbers);
    }
  }

  @Test
  void aMarkOfTheByteOrderAndAHeaderAreNoSettings() {
    var file = ConfigFile.read("\uFEFFname,value\r\na,1\r\nname,value\r\n");
    assertThat(file.lines()).extracting(ConfigFile.Line::key).containsExactly("a", "name");
    assertThat(ConfigFile.read("Key,Value\na,1").lines()).hasSize(2);
    assertThat(ConfigFile.read("\"key\",\"value\"\na,1").lines()).hasSize(1);
    assertThat(ConfigFile.read("").lines()).isEmpty();
  }
}
