package io.generalbots.operator.residents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** A registration as text. */
final class RegistrationText {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private RegistrationText() {}

  static String write(Registration registration) {
    try {
      return MAPPER.writeValueAsString(registration);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a registration cannot be written", e);
    }
  }

  /** Empty if it is none that can be read. */
  static Optional<Registration> read(String text) {
    try {
      return text.isBlank()
          ? Optional.empty()
          : Optional.of(MAPPER.readValue(text, Registration.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
